import type { Definition } from '@perennial/conditions';
import type { Pool } from '../../db/pool.ts';
import type { Origin } from '../../http/index.ts';
import type { JsonObject } from '../../inbox/index.ts';
import type { TestPipeline } from '../test-pipeline.ts';
import { segmentWorld, type SegmentWorld } from '../test-segments.ts';
import { FIELDS, naming, type Named } from './test-definition.ts';

/** Where a story is played: a workspace with all that its definitions name. */
export interface StoryWorld extends Omit<SegmentWorld, 'list'> {
  pool: Pool;
  slots: number;
  lively: boolean;
  list: number;
  /** Dynamic segments, in the order of their definitions. */
  segments: number[];
  workflows: readonly [number, number];
  /** Who does what no contact does. */
  by(): Origin;
  /** The definition as it stands for the segment of this place. */
  named(rule: unknown, n: number): Definition;
}

export interface StoryPlace {
  start: number;
  zone: string;
  /** Workflows begin by events and wait, so that what becomes of runs depends on when they are looked at. */
  lively: boolean;
  definitions: readonly Definition[];
}

export async function storyWorld(
  pool: Pool,
  pipeline: TestPipeline,
  { start, zone, lively, definitions }: StoryPlace,
): Promise<StoryWorld> {
  const world = await segmentWorld(pool, pipeline, { start, zone });
  const { workspaceId } = world;
  const now = new Date(start);
  await prepareCatalogues(pool, { workspaceId, now });
  const messages = [
    await insertMessage(pool, { workspaceId, channel: 'email', now }),
    await insertMessage(pool, { workspaceId, channel: 'mobile_push', now }),
  ] as const;
  await labelMessage(pool, { workspaceId, message: messages[0], now });
  const list = await world.list();
  const [first, second] = lively ? livelyWorkflows(messages) : quietWorkflows(messages);
  const workflows = [
    await insertWorkflow(pool, { workspaceId, definition: first!, now }),
    await insertWorkflow(pool, { workspaceId, definition: second!, now }),
  ] as const;
  const segments: number[] = [];
  const named = (rule: unknown, n: number): Definition => {
    const names: Named = { segments: [list, segments[n - 1] ?? list], messages, workflows };
    return naming(rule, names);
  };
  for (const [n, rule] of definitions.entries()) {
    segments.push(await world.segment(named(rule, n)));
  }
  return {
    ...world,
    pool,
    slots: pipeline.slots,
    lively,
    list,
    segments,
    workflows,
    by: () => ({
      workspaceId,
      actor: { kind: 'user', id: null, name: 'Ada' },
      at: new Date(world.now()),
    }),
    named,
  };
}

/** Started by hand: one ends at once, the other stands until somebody stops it. */
function quietWorkflows([email, push]: readonly [number, number]): JsonObject[] {
  return [
    {
      language: 1,
      start: { type: 'manual' },
      first: 'mail',
      blocks: { mail: { type: 'email', message: String(email) } },
    },
    {
      language: 1,
      start: { type: 'manual' },
      stop: [{ type: 'event', event: 'Opened' }],
      first: 'push',
      blocks: {
        push: { type: 'mobile_push', message: String(push), exits: { next: 'stand' } },
        stand: { type: 'timer', wait: { n: 30_000, unit: 'day' } },
      },
    },
  ];
}

/** They begin by what contacts do, and change what segments ask about. */
function livelyWorkflows([email, push]: readonly [number, number]): JsonObject[] {
  return [
    {
      language: 1,
      start: { type: 'event', event: 'Strength' },
      stop: [{ type: 'event', event: 'Opened' }],
      first: 'mail',
      blocks: {
        mail: { type: 'email', message: String(email), exits: { next: 'rest' } },
        rest: { type: 'timer', wait: { n: 2, unit: 'hour' }, exits: { next: 'plan' } },
        plan: { type: 'update_fields', set: { 'custom.plan': 'A' } },
      },
    },
    {
      language: 1,
      start: { type: 'event', event: 'Opened' },
      limits: { one_at_a_time: false },
      first: 'push',
      blocks: {
        push: { type: 'mobile_push', message: String(push), exits: { next: 'score' } },
        score: { type: 'update_fields', increment: { 'custom.score': 1 } },
      },
    },
  ];
}

async function prepareCatalogues(
  pool: Pool,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<void> {
  await pool.query(
    `insert into fields (workspace_id, key, label, type, source, created_at)
     select $1, key, key, type, 'manual', $4 from unnest($2::text[], $3::text[]) as f (key, type)`,
    [workspaceId, Object.keys(FIELDS), Object.values(FIELDS), now],
  );
  await pool.query(
    `insert into categories (workspace_id, key, name, default_subscribed, created_at)
     values ($1, 'news', 'News', true, $2), ($1, 'offers', 'Offers', false, $2)`,
    [workspaceId, now],
  );
}

async function insertMessage(
  pool: Pool,
  { workspaceId, channel, now }: { workspaceId: number; channel: string; now: Date },
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at)
     values ($1, $2, $2, $2, 'en', 1, $3, $3) returning id`,
    [workspaceId, channel, now],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into message_versions (message_id, version, content, compiled, created_at)
     values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
    [id, now],
  );
  return id;
}

/** A message about news, with a tag. */
async function labelMessage(
  pool: Pool,
  { workspaceId, message, now }: { workspaceId: number; message: number; now: Date },
): Promise<void> {
  await pool.query(
    `insert into message_categories (message_id, category_id)
     select $2, id from categories where workspace_id = $1 and key = 'news'`,
    [workspaceId, message],
  );
  await pool.query(
    `with tag as (insert into tags (workspace_id, name, created_at) values ($1, 'A', $3) returning id)
     insert into tag_links (tag_id, object_kind, object_id) select id, 'message', $2 from tag`,
    [workspaceId, message, now],
  );
}

async function insertWorkflow(
  pool: Pool,
  { workspaceId, definition, now }: { workspaceId: number; definition: JsonObject; now: Date },
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into workflows (workspace_id, key, name, state, draft, published_version, created_at, updated_at)
     select $1, 'w' || n, 'w' || n, 'active', $2, 1, $3, $3
       from (select count(*) as n from workflows where workspace_id = $1) known
     returning id`,
    [workspaceId, JSON.stringify(definition), now],
  );
  const { id } = rows[0]!;
  await pool.query(
    `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, 1, $2, $3)`,
    [id, JSON.stringify(definition), now],
  );
  return id;
}
