import type { Definition } from '@perennial/conditions';
import type { Pool } from '../db/pool.ts';
import { createInbox, LANES, type InboxItem } from '../inbox/index.ts';
import type { DrainOptions, TestPipeline } from './test-pipeline.ts';

/** An entry or an exit, as the log tells it: `+` entered, `-` left. */
export type Move = string;

/** A workspace of its own with segments, over a test's pipeline and a clock that stands. */
export interface SegmentWorld {
  workspaceId: number;
  /** Moves the clock, and lets time do what is due. */
  moveTo(instant: number): Promise<void>;
  /** Sets the clock, and nothing happens. */
  setClock(instant: number): void;
  now(): number;
  append(...items: InboxItem[]): Promise<void>;
  drain(options?: Omit<DrainOptions, 'clock'>): Promise<void>;
  /** A dynamic segment whose members are kept from now on; answers its ID. */
  segment(definition: Omit<Definition, 'language'> | Definition['include']): Promise<number>;
  list(): Promise<number>;
  /** Who is a member, by external ID. */
  members(segment: number): Promise<string[]>;
  /** Entries and exits of a segment as `+who 2026-06-01T12:00:00.000Z cause`, in order. */
  log(segment: number): Promise<Move[]>;
  contactId(externalId: string): Promise<number>;
  close(): Promise<void>;
}

let made = 0;

export async function segmentWorld(
  pool: Pool,
  pipeline: TestPipeline,
  { start, zone = 'UTC' }: { start: number; zone?: string },
): Promise<SegmentWorld> {
  made += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into workspaces (slug, name, time_zone, created_at) values ($1, $1, $2, $3) returning id`,
    [`live-${made}`, zone, new Date(start)],
  );
  const workspaceId = rows[0]!.id;
  await pool.query(`insert into resolvers (workspace_id, mark) values ($1, $2)`, [
    workspaceId,
    new Date(start),
  ]);
  let now = start;
  const clock = () => new Date(now);
  const inbox = createInbox({ pool, clock });
  const drain: SegmentWorld['drain'] = (options) => pipeline.drain({ ...options, clock });

  async function insertSegment(kind: 'list' | 'dynamic'): Promise<number> {
    made += 1;
    const { rows: found } = await pool.query<{ id: number }>(
      `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at, version)
       values ($1, $2, $2, $2, $3, 'manual', $4, $4, $5) returning id`,
      [workspaceId, `s${made}`, kind, clock(), kind === 'dynamic' ? 1 : 0],
    );
    return found[0]!.id;
  }

  return {
    workspaceId,
    now: () => now,
    setClock: (instant) => void (now = instant),
    async moveTo(instant) {
      now = instant;
      await drain();
    },
    append: async (...items) => {
      await inbox.append({ workspaceId, lane: LANES.stream, items });
    },
    drain,
    async segment(rule) {
      const id = await insertSegment('dynamic');
      const definition = { language: 1, ...('include' in rule ? rule : { include: rule }) };
      await pool.query(
        `insert into segment_versions (segment_id, version, workspace_id, definition, state, cause, created_at, computed_at)
         values ($1, 1, $2, $3, 'ready', 'first_computation', $4, $4)`,
        [id, workspaceId, JSON.stringify(definition), clock()],
      );
      await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
        workspaceId,
      ]);
      return id;
    },
    list: () => insertSegment('list'),
    async members(segment) {
      const { rows: found } = await pool.query<{ external_id: string }>(
        `select c.external_id from memberships m join contacts c on c.id = m.contact_id
          where m.segment_id = $1 and m.member order by 1`,
        [segment],
      );
      return found.map((row) => row.external_id);
    },
    async log(segment) {
      const { rows: found } = await pool.query<{ line: string; at: Date; cause: string }>(
        `select case t.key when 'SegmentEntered' then '+' else '-' end || coalesce(c.external_id, c.id::text) as line,
                e.occurred_at as at, e.params ->> 'cause' as cause
           from events e
           join event_types t on t.id = e.event_type_id
           join contacts c on c.id = e.contact_id
          where t.workspace_id = $1 and t.key in ('SegmentEntered', 'SegmentLeft') and e.key = $2
          order by e.id`,
        [workspaceId, String(segment)],
      );
      return found.map(({ line, at, cause }) => `${line} ${at.toISOString()} ${cause}`);
    },
    async contactId(externalId) {
      const { rows: found } = await pool.query<{ id: number }>(
        `select id from contacts where workspace_id = $1 and external_id = $2`,
        [workspaceId, externalId],
      );
      return found[0]!.id;
    },
    close: () => inbox.close(),
  };
}
