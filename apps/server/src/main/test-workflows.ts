import { createFieldCatalogue } from '../contacts/index.ts';
import type { Pool } from '../db/index.ts';
import { createEventTypes } from '../events/index.ts';
import type { Identifier, InboxItem, JsonObject } from '../inbox/index.ts';
import { testPipeline, type TestPipeline } from '../pipeline/test-pipeline.ts';
import { segmentWorld } from '../pipeline/test-segments.ts';
import { createEngine } from './create-engine.ts';
import { testRender } from '../messages/rendering/test-render.ts';

/** A Monday, noon. */
export const T0 = Date.UTC(2026, 5, 1, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const SLOTS = 8;

/** The pipeline with the engine of workflows, over a test's database. */
export function workflowPipeline(pool: Pool): Promise<TestPipeline> {
  const eventTypes = createEventTypes(pool);
  const engine = createEngine({
    eventTypes,
    fields: createFieldCatalogue(),
    slots: SLOTS,
    render: testRender,
  });
  return testPipeline(pool, { clock: () => new Date(T0), slots: SLOTS, parts: { engine } });
}

let made = 0;

/** A workspace of its own with workflows, over a clock that stands. */
export async function workflowWorld(
  pool: Pool,
  pipeline: TestPipeline,
  { zone = 'UTC', start = T0 }: { zone?: string; start?: number } = {},
) {
  const world = await segmentWorld(pool, pipeline, { start, zone });
  const { workspaceId } = world;
  const raise = () =>
    pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
      workspaceId,
    ]);

  async function publish(id: number, version: number, definition: JsonObject): Promise<void> {
    await pool.query(
      `insert into workflow_versions (workflow_id, version, definition, published_at)
       values ($1, $2, $3, $4)`,
      [id, version, JSON.stringify(definition), new Date(world.now())],
    );
    await pool.query(`update workflows set published_version = $2 where id = $1`, [id, version]);
    await raise();
  }

  return {
    ...world,
    raise,
    publish,
    /** Published as version 1, and active. */
    async workflow(definition: JsonObject): Promise<number> {
      made += 1;
      const { rows } = await pool.query<{ id: number }>(
        `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at, activated_at)
         values ($1, $2, $2, 'active', $3, $4, $4, $4) returning id`,
        [workspaceId, `w${made}`, JSON.stringify(definition), new Date(world.now())],
      );
      const { id } = rows[0]!;
      await publish(id, 1, definition);
      return id;
    },
    async setState(id: number, state: string): Promise<void> {
      await pool.query(`update workflows set state = $2 where id = $1`, [id, state]);
      await raise();
    },
    /** Items, applied a moment after they are sent. */
    async happen(...items: InboxItem[]): Promise<void> {
      await world.append(...items);
      await world.drain();
    },
    /** What an earlier item set off may wait in the inbox: until nothing does. */
    async settle(): Promise<void> {
      for (;;) {
        await world.drain();
        const { rows } = await pool.query<{ n: number }>(
          `select (select count(*) from inbox) + (select count(*) from slot_queue) as n`,
        );
        if (rows[0]!.n === 0) return;
      }
    },
    /** Runs as `who BLOCK STATE`, in the order in which they began. */
    async runs(id: number): Promise<string[]> {
      const { rows } = await pool.query<{ line: string }>(
        `select concat_ws(' ', c.external_id, r.block, r.state) as line
           from runs r join contacts c on c.id = r.contact_id
          where r.workflow_id = $1 order by r.started_at, c.external_id, r.id`,
        [id],
      );
      return rows.map((row) => row.line);
    },
    /** The rows themselves. */
    async runRows(id: number) {
      const { rows } = await pool.query<{
        id: number;
        contact_id: number;
        version: number;
        block: string;
        state: string;
        reason: string | null;
        wake_at: Date | null;
        results: JsonObject;
        context: JsonObject;
        started_at: Date;
      }>(
        `select id, contact_id, version, block, state, reason, wake_at, results, context, started_at
           from runs where workflow_id = $1 order by started_at, id`,
        [id],
      );
      return rows;
    },
    /** Refusals as `who REASON`. */
    async refusals(id: number): Promise<string[]> {
      const { rows } = await pool.query<{ line: string }>(
        `select concat_ws(' ', coalesce(c.external_id, 'nobody'), n.reason) as line
           from not_started n left join contacts c on c.id = n.contact_id
          where n.workflow_id = $1 order by n.id`,
        [id],
      );
      return rows.map((row) => row.line);
    },
    async counted(id: number): Promise<Record<string, number>> {
      const { rows } = await pool.query<{ what: string; n: number }>(
        `select what, sum(n)::integer as n from workflow_counts
          where workflow_id = $1 and block = '' group by what`,
        [id],
      );
      return Object.fromEntries(rows.map((row) => [row.what, row.n]));
    },
  };
}

export type WorkflowWorld = Awaited<ReturnType<typeof workflowWorld>>;

export function user(who: string): Identifier {
  return ['external_id', who];
}

/** An event of a user. */
export function event(
  who: string,
  name: string,
  params: JsonObject = {},
  { at = T0, key, past = false }: { at?: number; key?: string; past?: boolean } = {},
): InboxItem {
  return {
    kind: 'event',
    ids: [user(who)],
    event: name,
    params,
    at,
    source: 'sdk',
    ownTime: false,
    createContact: true,
    ...(key !== undefined && { key }),
    ...(past && { flags: 1 }),
  };
}

/** Fields of a user, set by the API unless said otherwise. */
export function fields(
  who: string,
  values: JsonObject,
  { at = T0, source = 'api' as const }: { at?: number; source?: 'api' | 'manual' | 'import' } = {},
): InboxItem {
  return { kind: 'identify', ids: [user(who)], fields: values, at, source };
}

/** A definition that starts by `Go` unless it says another start. */
export function byGo(blocks: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    language: 1,
    start: { type: 'event', event: 'Go' },
    first: Object.keys(blocks)[0]!,
    blocks,
    ...more,
  };
}
