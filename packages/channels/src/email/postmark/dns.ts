import { dkimOfConsole, type VendorDns, type VendorDnsQuestion } from '../vendor-dns.ts';

/** Without a return path of one's own, SPF is looked up at Postmark's. */
export function postmarkDns({ domain }: VendorDnsQuestion): VendorDns {
  return {
    returnPath: 'vendor',
    records: [
      ...dkimOfConsole(`…._domainkey.${domain}`, { type: 'TXT' }),
      {
        purpose: 'return_path',
        type: 'CNAME',
        name: `pm-bounces.${domain}`,
        value: 'pm.mtasv.net.',
        optional: true,
      },
    ],
  };
}
