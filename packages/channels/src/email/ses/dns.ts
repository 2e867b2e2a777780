import { dkimOfConsole, type VendorDns, type VendorDnsQuestion } from '../vendor-dns.ts';

/** Without a MAIL FROM domain of one's own, SPF is looked up at amazonses.com. */
export function sesDns({ domain, settings }: VendorDnsQuestion): VendorDns {
  const name = `mail.${domain}`;
  const region = typeof settings['region'] === 'string' ? settings['region'] : undefined;
  const server = region ? `10 feedback-smtp.${region}.amazonses.com.` : null;
  return {
    returnPath: 'vendor',
    records: [
      ...dkimOfConsole(`…._domainkey.${domain}`, { type: 'CNAME', count: 3 }),
      { purpose: 'return_path', type: 'MX', name, value: server, optional: true },
      {
        purpose: 'spf',
        type: 'TXT',
        name,
        value: 'v=spf1 include:amazonses.com ~all',
        optional: true,
      },
    ],
  };
}
