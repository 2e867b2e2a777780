import { dkimOfConsole, type VendorDns, type VendorDnsQuestion } from '../vendor-dns.ts';

/** Its CNAMEs stand for the return path with its SPF, and for both keys. */
export function sendgridDns({ domain }: VendorDnsQuestion): VendorDns {
  return {
    returnPath: 'below',
    records: [
      {
        purpose: 'return_path',
        type: 'CNAME',
        name: `em….${domain}`,
        value: null,
        optional: false,
      },
      ...dkimOfConsole(`s1._domainkey.${domain}`, { type: 'CNAME' }),
      ...dkimOfConsole(`s2._domainkey.${domain}`, { type: 'CNAME' }),
    ],
  };
}
