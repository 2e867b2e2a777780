import { makeWorkerUtils } from 'graphile-worker';
import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { enqueueJob } from './enqueue-job.ts';
import { startJobs } from './start-jobs.ts';
import { workKinds } from './work.ts';

const { pool } = await testDatabase();
const now = new Date('2026-06-01T12:00:00Z');
const kinds = workKinds([]);

test('a due job runs with the time of the clock, and an error is told', async () => {
  const ran = Promise.withResolvers<Date>();
  const failed = Promise.withResolvers<unknown>();
  const jobs = await startJobs({
    pool,
    kinds,
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

test('work that was begun while nobody worked is done when the program starts', async () => {
  const actor = { kind: 'system', id: null, name: 'test' } as const;
  const by = { workspaceId: 1, actor, at: now };
  const told = Promise.withResolvers<number>();
  const { id } = await enqueueJob(pool, { workspaceId: 1, kind: 'tell', input: {}, by });
  const jobs = await startJobs({
    pool,
    clock: () => now,
    jobs: [],
    onError: told.reject,
    kinds: workKinds([
      {
        kind: 'tell',
        right: 'contacts.write',
        about: () => null,
        slice: async (_tx, work) => {
          told.resolve(work.id);
          return { cursor: {}, next: 'finished' };
        },
      },
    ]),
  });
  expect(await told.promise).toBe(id);
  await jobs.stop();
});
