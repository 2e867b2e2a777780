import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { testDatabase } from '../../src/db/test-database.ts';
import { createInbox, LANES } from '../../src/inbox/index.ts';
import { freePort, killAll, startProgram } from './program.ts';
import { makeStage, type Stage } from './stage.ts';
import { throughKills, untilMore } from './through-kills.ts';

const { kills } = readTestConfig();
const KILLS = Math.floor(kills / 5);
/** More slices than kills. */
const PLANTED = 400_000;

const { pool, url } = await testDatabase();
afterAll(killAll);

/** A contact with so many events that only a few of them were counted. */
async function plantPerson({ workspaceId }: Stage): Promise<string> {
  const inbox = createInbox({ pool, clock: () => new Date() });
  const at = Date.now();
  await inbox.append({
    workspaceId,
    lane: LANES.stream,
    items: [
      {
        kind: 'event',
        ids: [['external_id', 'many']],
        at,
        source: 'sdk',
        event: 'Planted',
        params: {},
        ownTime: false,
        createContact: true,
      },
    ],
  });
  await inbox.close();
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      `with planted as (
         insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id, source)
         select contact_id, first.id + n, event_type_id, occurred_at - n * interval '1 ms', received_at,
                first.workspace_id, source
           from (select e.* from events e join event_types t on t.id = e.event_type_id
                  where t.key = 'Planted' and e.workspace_id = $1) as first,
                generate_series(1, $2) as n
         returning contact_id)
       select contact_id::text as id from planted limit 1`,
      [workspaceId, PLANTED],
    );
    if (rows[0]) return rows[0].id;
    await sleep(50);
  }
}

interface Erasure {
  erased_at: Date | null;
  removed: Record<string, number>;
}

async function readErasure(id: string): Promise<Erasure> {
  const { rows } = await pool.query<Erasure>(
    `select erased_at, removed from erasures where id = $1`,
    [id],
  );
  return rows[0]!;
}

async function rowsOf(contact: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from events where contact_id = $1`,
    [contact],
  );
  return rows[0]!.n;
}

async function counted(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select coalesce(sum(quarter), 0)::bigint as n from event_counts, unnest(quarters) as quarter`,
  );
  return rows[0]!.n;
}

// Every life takes seconds: this is for `npm run test:kill` alone.
test.runIf(kills >= 50)(
  'an erasure that is killed time and again goes on, and its certificate counts every row once',
  async () => {
    const port = await freePort();
    const stage = await makeStage(pool, { slug: 'erased', base: `http://127.0.0.1:${port}` });
    const first = startProgram({ url, port });
    await first.ready;
    const person = await plantPerson(stage);
    const [rows, before] = [await rowsOf(person), await counted()];
    const { id } = await stage.call<{ id: string }>('POST', `/contacts/${person}/erase`);
    const isOpen = async () => (await readErasure(id)).erased_at === null;
    const removed = async () => (await readErasure(id)).removed['events'] ?? 0;
    const { program, struck } = await throughKills(first, {
      url,
      port,
      kills: KILLS,
      moveOn: () => untilMore(removed, isOpen),
      isOpen,
    });
    await program.stop();
    expect(struck).toBeGreaterThan(0);
    expect(await rowsOf(person)).toBe(0);
    expect(await readErasure(id)).toMatchObject({
      erased_at: expect.any(Date),
      removed: { events: rows, contacts: 1 },
    });
    expect(await counted()).toBe(before - rows);
  },
  60_000 + kills * 10_000,
);
