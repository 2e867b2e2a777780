import { afterAll, expect, test } from 'vitest';
import { startCampaign } from '../campaigns/set-campaign-state.ts';
import { inTransaction } from '../db/index.ts';
import { testDatabase } from '../db/test-database.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { createWorkflow } from '../workflows/index.ts';
import { aroundMessages } from './around-messages.ts';
import { campaignWorld } from './test-campaigns.ts';

const { pool } = await testDatabase();
const renderPool = testRenderPool();
afterAll(() => renderPool.close());

async function messageOf(campaign: number): Promise<number> {
  const { rows } = await pool.query<{ message_id: number }>(
    `select message_id from campaigns where id = $1`,
    [campaign],
  );
  return rows[0]!.message_id;
}

test('a campaign uses its message until it is over; then the message was sent', async () => {
  const world = await campaignWorld(pool, { renderPool });
  const { workspaceId } = world;
  const id = await world.campaign({ include: [await world.list(await world.people(2))] });
  const messageId = await messageOf(id);
  const usesNow = async () =>
    (await aroundMessages.findMessageUses(pool, { workspaceId })).get(messageId);
  const counted = { messageId, since: new Date(world.clock.now().getTime() - 1000) };
  expect(await usesNow()).toMatchObject([{ kind: 'campaign', id, state: 'draft', blocks: [] }]);
  expect((await aroundMessages.findLastSent(pool, { messageIds: [messageId] })).size).toBe(0);
  expect(await aroundMessages.countSent(pool, counted)).toMatchObject({ total: 0 });

  await inTransaction(pool, (tx) =>
    startCampaign(tx, { workspace: world.workspace, id, by: world.by() }),
  );
  await world.send();
  expect(await usesNow()).toBeUndefined();
  const last = await aroundMessages.findLastSent(pool, { messageIds: [messageId] });
  expect(last.get(messageId)!.getTime()).toBeGreaterThanOrEqual(counted.since.getTime());
  expect(await aroundMessages.countSent(pool, counted)).toEqual({
    total: 2,
    by_api: 0,
    at_least: false,
  });
  const later = { messageId, since: new Date(world.clock.now().getTime() + 86_400_000) };
  expect(await aroundMessages.countSent(pool, later)).toMatchObject({ total: 0 });
});

test('a workflow uses the messages of its blocks, at any depth, and no other workspace knows', async () => {
  const world = await campaignWorld(pool, { renderPool });
  const { workspaceId } = world;
  const id = await messageOf(await world.campaign({ include: [] }));
  const draft = (blocks: object) =>
    inTransaction(pool, (tx) =>
      createWorkflow(tx, {
        workspaceId,
        by: world.by(),
        name: 'Uses',
        definition: { language: 1, blocks } as never,
      }),
    );
  const { id: workflow } = await draft({
    hello: { type: 'email', message: String(id) },
    pick: { type: 'one_from_many', variants: [{ messages: [String(id), 'none'] }] },
    wait: { type: 'timer', message: 'not one' },
  });
  const uses = await aroundMessages.findMessageUses(pool, { workspaceId });
  expect(uses.get(id)).toContainEqual({
    kind: 'workflow',
    id: workflow,
    name: 'Uses',
    state: 'draft',
    blocks: [
      { id: 'hello', type: 'email' },
      { id: 'pick', type: 'one_from_many' },
    ],
  });
  await draft([1, 2]);
  expect((await aroundMessages.findMessageUses(pool, { workspaceId: workspaceId + 1 })).size).toBe(
    0,
  );
});
