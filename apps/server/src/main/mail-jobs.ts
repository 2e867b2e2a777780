import type { PeriodicJob } from '../jobs/index.ts';
import { checkDueDomains, createDns } from '../sends/index.ts';
import type { ThreadData } from './thread-data.ts';

/** Periodic work that asks others: DNS about sender domains. */
export function mailJobs({
  dnsServers = [],
  mailHost,
}: Pick<ThreadData, 'dnsServers' | 'mailHost'>): PeriodicJob[] {
  const dns = createDns({ servers: dnsServers });
  return [
    {
      name: 'check_sender_domains',
      cron: '*/5 * * * *',
      run: ({ pool, now }) => checkDueDomains(pool, { dns, mailHost, now }),
    },
  ];
}
