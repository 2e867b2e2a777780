import { copyRows } from '../apps/server/src/db/binary-copy.ts';
import { inTransaction } from '../apps/server/src/db/index.ts';
import { createEventTypes } from '../apps/server/src/events/index.ts';
import { createInbox, LANES } from '../apps/server/src/inbox/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { rate, timed } from './measure.ts';
import { fillContacts, someEvent } from './population.ts';
import { addWorkflow, startedBy } from './runs.ts';
import { addLiveSegments } from './segments.ts';
import { withWork } from './work.ts';

const CONTACTS = 300_000;

const WORKFLOWS = 10;

export const applyBench: Bench = {
  name: 'apply',
  title: 'Applying: identity, storage, workflows, all in one transaction a batch',
  async run(context) {
    const { database, scale } = context;
    const { pool, workspaceId } = database;
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    for (let n = 0; n < WORKFLOWS; n += 1) {
      await addWorkflow(database, { key: `type-${n}`, definition: startedBy(`Type${n}`) });
    }
    const segments = await addLiveSegments(database);
    const copy = await copyLimit(context);
    const inbox = createInbox({ pool, clock: () => new Date() });
    const total = Math.round(200_000 * scale);
    for (let n = 0; n < total; n += 1000) {
      const items = Array.from({ length: 1000 }, () =>
        someEvent({ contacts: CONTACTS, now: Date.now() }),
      );
      await inbox.append({ workspaceId, lane: LANES.stream, items });
    }
    const before = await stored(context);
    const ms = await withWork(database, () =>
      timed(async () => {
        while ((await stored(context)) < before + total)
          await new Promise((resolve) => setTimeout(resolve, 50));
      }),
    );
    await inbox.close();
    return [
      {
        what: `events fully applied, ${segments} live segments, ${WORKFLOWS} active workflows`,
        value: rate(total, ms),
        unit: '/s',
        budget: 10_000,
        limit: { what: 'COPY of the same rows into events', value: copy },
      },
    ];
  },
};

async function stored({ database: { pool } }: BenchContext): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from events where message_id like 'bench-%'`,
  );
  return rows[0]!.n;
}

async function copyLimit({ database: { pool, workspaceId } }: BenchContext): Promise<number> {
  const types = createEventTypes(pool);
  const ids = await types.idsOf(workspaceId, ['Type0'], new Date());
  const typeId = ids.get('Type0')!;
  const rounds = 10;
  const size = 2000;
  const ms = await timed(async () => {
    for (let round = 0; round < rounds; round += 1) {
      const now = Date.now();
      await inTransaction(pool, (tx) =>
        copyRows(
          tx,
          'events',
          [
            ['contact_id', 'int8'],
            ['id', 'int8'],
            ['event_type_id', 'int8'],
            ['occurred_at', 'timestamptz'],
            ['received_at', 'timestamptz'],
            ['workspace_id', 'int8'],
            ['source', 'text'],
            ['message_id', 'text'],
            ['params', 'jsonb'],
          ],
          Array.from({ length: size }, (_, i) => {
            const event = someEvent({ contacts: CONTACTS, now });
            return [
              1 + Math.floor(Math.random() * CONTACTS),
              round * size + i,
              typeId,
              now,
              now,
              workspaceId,
              'sdk',
              `copy-${event.messageId}`,
              JSON.stringify(event.params),
            ];
          }),
        ),
      );
    }
  });
  return rate(rounds * size, ms);
}
