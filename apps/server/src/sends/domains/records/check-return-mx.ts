import { isIP } from 'node:net';
import type { Dns } from '../dns/ask-dns.ts';
import { missing, shownAll, trouble, type RecordFault, type RecordFinding } from './finding.ts';

/**
 * Whether mail for the domain of return addresses comes to somebody. `server`: the host name of this
 * program where it takes that mail itself; with a mailbox anywhere, any server will do.
 */
export async function checkReturnMx(
  dns: Dns,
  { domain, server }: { domain: string; server?: string | undefined },
): Promise<RecordFinding> {
  const answer = await dns.mx(domain);
  if (answer.kind === 'trouble') return trouble(answer.problem);
  if (answer.kind === 'none') return missing();
  const hosts = answer.records.map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''));
  const found = shownAll(answer.records.map(({ priority, exchange }) => `${priority} ${exchange}`));
  const faults: RecordFault[] = [];
  // RFC 7505: a host of nothing but a dot takes no mail.
  if (hosts.includes('')) faults.push({ code: 'no_mail_accepted' });
  else if (server !== undefined && !hosts.includes(server.toLowerCase())) {
    faults.push({ code: 'other_server', detail: hosts[0]! });
  } else {
    const [host = ''] = hosts;
    const reached = isIP(host) === 0 ? await dns.addresses(host) : { kind: 'none' as const };
    if (reached.kind === 'trouble') return trouble(`${host}: ${reached.problem}`);
    if (reached.kind === 'none') faults.push({ code: 'address_not_found', detail: host });
  }
  return { state: faults.length > 0 ? 'differs' : 'right', found, faults, notes: [] };
}
