import { trimCalls } from '../calls/index.ts';
import { forgetEarlierValues, REMEMBERING } from '../contacts/index.ts';
import { inTransaction } from '../db/index.ts';
import { dropOldMessageHashes, ensurePartitions } from '../db/partitions.ts';
import { forgetIdempotencyKeys } from '../http/index.ts';
import { dropForgottenTypes, forgetErrorCounts } from '../events/index.ts';
import { forgetSessions } from '../imports/index.ts';
import { deleteOldResults } from '../inbox/index.ts';
import { forgetJobs, listFinal, UNDO_MS, type PeriodicJob } from '../jobs/index.ts';
import { foldCounts, forgetTests } from '../runs/index.ts';
import { forgetSendRequests } from '../sends/index.ts';
import { foldDays } from '../segments/index.ts';
import { tendPools } from '../promo-codes/index.ts';
import { trimWebhooks } from '../webhooks/index.ts';
import { forgetExpired } from '../users/index.ts';

const DAY_MS = 86_400_000;

export const periodicJobs: PeriodicJob[] = [
  {
    name: 'tend_promo_pools',
    cron: '* * * * *',
    run: ({ pool, now }) => tendPools(pool, { now }),
  },
  {
    name: 'trim_calls',
    cron: '37 * * * *',
    run: ({ pool, now }) => trimCalls(pool, { now }),
  },
  {
    name: 'trim_webhooks',
    cron: '29 * * * *',
    run: ({ pool, now }) => trimWebhooks(pool, { now }),
  },
  {
    name: 'ensure_partitions',
    cron: '17 * * * *',
    run: ({ pool, now }) => ensurePartitions(pool, { now }),
  },
  {
    name: 'forget_old',
    cron: '43 3 * * *',
    async run({ pool, now }) {
      const before = new Date(now.getTime() - DAY_MS);
      await dropOldMessageHashes(pool, { now });
      await deleteOldResults(pool, { before });
      await forgetIdempotencyKeys(pool, { before });
      await forgetSessions(pool, { before: new Date(now.getTime() - 30 * DAY_MS) });
      await forgetExpired(pool, { now });
      await foldDays(pool, { before: now.toISOString().slice(0, 10) });
      await foldCounts(pool, { before: now.toISOString().slice(0, 10) });
      await inTransaction(pool, (tx) => dropForgottenTypes(tx, { now }));
      await forgetSendRequests(pool, { before: new Date(now.getTime() - 35 * DAY_MS) });
      await forgetTests(pool, { before: new Date(now.getTime() - 30 * DAY_MS) });
      await forgetErrorCounts(pool, { before: new Date(now.getTime() - 91 * DAY_MS) });
    },
  },
  {
    name: 'forget_jobs',
    cron: '11 * * * *',
    async run({ pool, now }) {
      const before = new Date(now.getTime() - UNDO_MS);
      const jobIds = await listFinal(pool, { kinds: REMEMBERING, before });
      await forgetEarlierValues(pool, { jobIds });
      await forgetJobs(pool, {
        filesBefore: before,
        jobsBefore: new Date(now.getTime() - 90 * DAY_MS),
      });
    },
  },
];
