import { expect, onTestFinished, test, vi } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import { testDatabase } from '../db/test-database.ts';
import type { Origin } from '../http/index.ts';
import { createInbox, LANES, type EventItem } from '../inbox/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { createWorkspace } from '../workspaces/index.ts';
import { startWorkThreads } from './work-threads.ts';

const { pool, url } = await testDatabase();
const clock = (): Date => new Date();
const by = { workspaceId: null, actor: { kind: 'system', id: null, name: 'test' }, at: clock() };

/** Starting a thread reads a few hundred modules, on a machine that may have other work. */
const WAIT = { timeout: 60_000, interval: 50 };

async function pipelines(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(distinct application_name) as n from pg_stat_activity
      where datname = current_database() and application_name like 'perennial pipeline %'`,
  );
  return rows[0]!.n;
}

async function stored(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from events where message_id is not null`,
  );
  return rows[0]!.n;
}

test('a second pipeline comes with the load and goes after it, and nothing is lost', async () => {
  await initialiseInstallation(pool, { now: clock() });
  await ensurePartitions(pool, { now: clock() });
  const { id: workspaceId } = await inTransaction(pool, (tx) =>
    createWorkspace(tx, { slug: 'busy', name: 'Busy', by: by as Origin }),
  );
  const inbox = createInbox({ pool, clock });
  let sent = 0;
  const send = async (count: number): Promise<void> => {
    const items = Array.from({ length: count }, () => event((sent += 1)));
    await inbox.append({ workspaceId, lane: LANES.stream, items });
  };
  const work = await startWorkThreads({
    url,
    secret: 'a secret of this test only',
    logLevel: 'error',
    publicUrl: 'http://localhost',
    allowEgress: [],
    processId: 0,
    spareForMs: 200,
    onCrash(cause) {
      throw cause;
    },
  });
  onTestFinished(() => work.stop());

  await send(10);
  await vi.waitUntil(async () => (await stored()) === sent, WAIT);
  expect(await pipelines()).toBe(1);

  await vi.waitUntil(async () => {
    // Enough to keep one busy, little enough to be gone soon after.
    if (sent - (await stored()) < 5000) await send(1000);
    return (await pipelines()) === 2;
  }, WAIT);
  await vi.waitUntil(async () => (await stored()) === sent, WAIT);
  await vi.waitUntil(async () => (await pipelines()) === 1, WAIT);

  await send(10);
  await vi.waitUntil(async () => (await stored()) === sent, WAIT);
  await inbox.close();
  await work.stop();
  // A server process ends a moment after its connection.
  await vi.waitUntil(async () => (await pipelines()) === 0, WAIT);
}, 180_000);

function event(n: number): EventItem {
  return {
    kind: 'event',
    ids: [['external_id', `person-${n % 500}`]],
    at: Date.now(),
    source: 'sdk',
    event: 'Opened',
    params: { n },
    messageId: `message-${n}`,
    ownTime: true,
    createContact: true,
  };
}
