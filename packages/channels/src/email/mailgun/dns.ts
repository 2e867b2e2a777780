import { dkimOfConsole, type VendorDns, type VendorDnsQuestion } from '../vendor-dns.ts';

/** Its return path is at the sending domain, so SPF stands there. */
export function mailgunDns({ domain, settings }: VendorDnsQuestion): VendorDns {
  const sending = typeof settings['domain'] === 'string' ? settings['domain'] : domain;
  return {
    returnPath: 'domain',
    records: [
      {
        purpose: 'spf',
        type: 'TXT',
        name: sending,
        value: 'v=spf1 include:mailgun.org ~all',
        optional: false,
      },
      ...dkimOfConsole(`…._domainkey.${sending}`, { type: 'TXT' }),
    ],
  };
}
