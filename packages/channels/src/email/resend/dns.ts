import { dkimOfConsole, type VendorDns, type VendorDnsQuestion } from '../vendor-dns.ts';

/** Its return path is below the domain; the region is part of the MX and not of the settings. */
export function resendDns({ domain }: VendorDnsQuestion): VendorDns {
  const name = `send.${domain}`;
  return {
    returnPath: 'below',
    records: [
      ...dkimOfConsole(`resend._domainkey.${domain}`, { type: 'TXT' }),
      { purpose: 'return_path', type: 'MX', name, value: null, optional: false },
      {
        purpose: 'spf',
        type: 'TXT',
        name,
        value: 'v=spf1 include:amazonses.com ~all',
        optional: false,
      },
    ],
  };
}
