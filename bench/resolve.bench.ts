import { inTransaction } from '../apps/server/src/db/index.ts';
import { createInbox, LANES } from '../apps/server/src/inbox/index.ts';
import { resolveBatch } from '../apps/server/src/pipeline/index.ts';
import type { Bench } from './bench.ts';
import { rate, timed } from './measure.ts';
import { fillContacts, someEvent } from './population.ts';

const CONTACTS = 300_000;
const BATCH = 5000;

export const resolveBench: Bench = {
  name: 'resolve',
  title: 'Resolving: finding the contact of what arrived',
  async run({ database, scale }) {
    const { pool, workspaceId, slots } = database;
    const clock = (): Date => new Date();
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const total = Math.round(150_000 * scale);
    const inbox = createInbox({ pool, clock });
    for (let n = 0; n < total; n += 1000) {
      const items = Array.from({ length: 1000 }, () =>
        someEvent({ contacts: CONTACTS, now: Date.now() }),
      );
      await inbox.append({ workspaceId, lane: LANES.stream, items });
    }
    const bare = await bareStatements();
    const ms = await timed(async () => {
      while ((await resolveBatch(pool, { workspaceId, slots, clock, limit: BATCH })).items > 0);
    });
    await inbox.close();
    return [
      {
        what: 'items resolved',
        value: rate(total, ms),
        unit: '/s',
        budget: 30_000,
        limit: { what: 'look-up and insert into the queues alone', value: bare },
      },
    ];

    /** The statements without the program around them: look up values, write queue rows, roll back. */
    async function bareStatements(): Promise<number> {
      const rounds = 6;
      const spent = await timed(async () => {
        for (let round = 0; round < rounds; round += 1) {
          const values = Array.from(
            { length: BATCH },
            () => `u${1 + Math.floor(Math.random() * CONTACTS)}`,
          );
          const payload = Buffer.alloc(Math.round((BATCH * 300) / slots));
          await inTransaction(pool, async (tx) => {
            await tx.query(
              `select kind, value, contact_id, set_at from identifiers where workspace_id = $1 and kind = $2 and value = any($3)`,
              [workspaceId, 'external_id', values],
            );
            await tx.query(
              `insert into slot_queue (slot, lane, n, received_at, payload)
               select slot, 1, 78, $1, $2 from generate_series(0, $3 - 1) as slot`,
              [clock(), payload, slots],
            );
            await tx.query('delete from slot_queue');
          });
        }
      });
      return rate(BATCH * rounds, spent);
    }
  },
};
