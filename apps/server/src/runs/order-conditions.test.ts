import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import { createRunWorld, DAY, HOUR, T0 } from './test-world.ts';

const { pool } = await testDatabase();

/** What an `if` asks; who passes goes to `b2`. */
function asking(condition: JsonObject) {
  return {
    language: 1,
    start: { type: 'event', event: 'Joined' },
    first: 'b1',
    blocks: {
      b1: { type: 'if', condition, exits: { yes: 'b2', no: 'b3' } },
      b2: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b4' } },
      b3: { type: 'timer', wait: { n: 1, unit: 'day' }, exits: { next: 'b4' } },
      b4: { type: 'end' },
    },
  };
}

async function order(
  contact: number,
  { workspaceId, status = 'DELIVERED', currency }: Ordered,
): Promise<void> {
  await pool.query(
    `insert into orders (contact_id, external_order_id, workspace_id, status, total, currency, ordered_at,
                         source, set_at, created_at, updated_at)
     values ($1, $2, $3, $2, 10, $4, $5, 'order', $5, $5, $5)`,
    [contact, status, workspaceId, currency, new Date(T0 - DAY)],
  );
}

interface Ordered {
  workspaceId: number;
  status?: string;
  currency?: string;
}

test('a condition on orders sees them in their latest state', async () => {
  const world = await createRunWorld(pool);
  const workflow = await world.workflow(
    asking({
      type: 'order',
      where: { param: 'status', op: 'equals', value: 'DELIVERED' },
      period: { kind: 'last', n: 30, unit: 'day' },
    }),
  );
  const { workspaceId } = world;
  const contacts = { delivered: await world.contact(), cancelled: await world.contact() };
  for (const [status, contact] of Object.entries(contacts)) {
    await order(contact, { workspaceId, status: status.toUpperCase() });
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

test('an amount is in the currency that the workspace has when it is asked for', async () => {
  const world = await createRunWorld(pool);
  const { workspaceId } = world;
  const spent = { kind: 'sum', param: 'total', op: 'greater', value: 5 };
  const workflow = await world.workflow(
    asking({ type: 'order', measure: spent, period: { kind: 'ever' } }),
  );
  const [early, late] = [await world.contact(), await world.contact()];
  await order(early, { workspaceId, currency: 'EUR' });
  await order(late, { workspaceId, currency: 'EUR' });
  await world.apply({ contact: early, event: 'Joined', at: T0 });
  await world.step(T0 + HOUR);
  await pool.query(
    `update workspaces set currency = 'EUR', config_version = config_version + 1 where id = $1`,
    [workspaceId],
  );
  await world.apply({ contact: late, event: 'Joined', at: T0 + 2 * HOUR });
  await world.step(T0 + 3 * HOUR);
  const blocks = new Map((await world.runs(workflow)).map((run) => [run.contact_id, run.block]));
  expect(blocks).toEqual(
    new Map([
      [early, 'b3'],
      [late, 'b2'],
    ]),
  );
});
