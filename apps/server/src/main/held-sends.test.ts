import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { TestPipeline } from '../pipeline/test-pipeline.ts';
import {
  byGo,
  event,
  fields,
  T0,
  workflowPipeline,
  workflowWorld,
  type WorkflowWorld,
} from './test-workflows.ts';

const { pool } = await testDatabase();
let pipeline: TestPipeline;
let world: WorkflowWorld;

beforeAll(async () => {
  pipeline = await workflowPipeline(pool);
  world = await workflowWorld(pool, pipeline);
});
afterAll(() => world.close());

const rest = { type: 'timer', wait: { n: 10, unit: 'month' } };

async function message(): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, 'm1', 'Welcome', 'email', 'en', 1, $2, $2) returning id`,
    [world.workspaceId, new Date(T0)],
  );
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
    [rows[0]!.id, new Date(T0)],
  );
  return String(rows[0]!.id);
}

async function decisions(): Promise<JsonObject[]> {
  const { rows } = await pool.query<JsonObject>(
    `select decision, reason, hold_until from sends where workspace_id = $1`,
    [world.workspaceId],
  );
  return rows;
}

test('a send that waits is refused when its run is moved away from it', async () => {
  const mail = {
    type: 'email',
    message: await message(),
    // It is noon.
    send_hours: { from: '18:00', to: '20:00', zone: 'workspace' },
  };
  const id = await world.workflow(byGo({ b1: mail }));
  await world.happen(fields('ann', { email: 'ann@example.com' }), event('ann', 'Go'));
  await world.settle();
  expect(await decisions()).toMatchObject([{ decision: 'held' }]);
  await world.publish(id, 2, byGo({ b2: rest, b1: mail }, { first: 'b2' }));
  await world.happen({
    kind: 'steer',
    ids: [['external_id', 'ann']],
    workflowId: id,
    way: { kind: 'move', from: 1, to: 2, blocks: { b1: 'b2' } },
    at: T0,
    source: 'manual',
  });
  await world.settle();
  expect(await world.runs(id)).toEqual(['ann b2 waiting']);
  expect(await decisions()).toEqual([{ decision: 'refused', reason: 'moved', hold_until: null }]);
});
