import { makeWorkerUtils } from 'graphile-worker';
import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { startJobs } from './start-jobs.ts';

const { pool } = await testDatabase();

test('a due job runs with the time of the clock, and an error is told', async () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const ran = Promise.withResolvers<Date>();
  const failed = Promise.withResolvers<unknown>();
  const jobs = await startJobs({
    pool,
    clock: () => now,
    onError: failed.resolve,
    jobs: [
      { name: 'look', cron: '0 0 1 1 *', run: async (options) => ran.resolve(options.now) },
      { name: 'fail', cron: '0 0 1 1 *', run: () => Promise.reject(new Error('no disk')) },
    ],
  });
  const utils = await makeWorkerUtils({ pgPool: pool });
  await utils.addJob('look', {});
  await utils.addJob('fail', {}, { maxAttempts: 1 });
  expect(await ran.promise).toEqual(now);
  expect(String(await failed.promise)).toMatch(/no disk/);
  await utils.release();
  await jobs.stop();
});
