import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { createRunWorld, DAY, HOUR, T0 } from './test-world.ts';

const { pool } = await testDatabase();

test('a condition on orders sees them in their latest state', async () => {
  const world = await createRunWorld(pool);
  const workflow = await world.workflow({
    language: 1,
    start: { type: 'event', event: 'Joined' },
    first: 'b1',
    blocks: {
      b1: {
        type: 'if',
        condition: {
          type: 'order',
          where: { param: 'status', op: 'equals', value: 'DELIVERED' },
          period: { kind: 'last', n: 30, unit: 'day' },
        },
        exits: { yes: 'b2', no: 'b3' },
      },
      b2: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b4' } },
      b3: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b4' } },
      b4: { type: 'end' },
    },
  });
  const contacts = { delivered: await world.contact(), cancelled: await world.contact() };
  for (const [status, contact] of Object.entries(contacts)) {
    await pool.query(
      `insert into orders (contact_id, external_order_id, workspace_id, status, total, ordered_at, source,
                           set_at, created_at, updated_at)
       values ($1, $2, $3, $4, 10, $5, 'order', $5, $5, $5)`,
      [contact, status, world.workspaceId, status.toUpperCase(), new Date(T0 - DAY)],
    );
    await world.apply({ contact, event: 'Joined', at: T0 });
  }
  await world.step(T0 + HOUR);
  const blocks = new Map((await world.runs(workflow)).map((run) => [run.contact_id, run.block]));
  expect(blocks).toEqual(
    new Map([
      [contacts.delivered, 'b2'],
      [contacts.cancelled, 'b3'],
    ]),
  );
});
