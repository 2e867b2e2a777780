import { createFieldCatalogue, loadContacts } from '../contacts/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import { createEventTypes, insertFacts, nextEventIds, type Fact } from '../events/index.ts';
import type { Json, JsonObject } from '../inbox/index.ts';
import { cancelDeliveries, decideSends } from '../sends/index.ts';
import { createWorkflowCache } from '../workflows/index.ts';
import type { RunCapabilities } from './capabilities.ts';
import { matchFacts } from './match-facts.ts';
import { createRunMoves } from './run-moves.ts';
import { runDueSteps } from './run-due-steps.ts';
import { startRunsByHand } from './start-runs-by-hand.ts';
import { stopRuns } from './stop-runs.ts';
import { testRender } from '../messages/rendering/test-render.ts';

export const SLOTS = 4;
/** A Monday, noon. */
export const T0 = Date.UTC(2026, 5, 1, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const ALL_SLOTS = Array.from({ length: SLOTS }, (_, slot) => slot);

/** A fact that only says what matters to the case. */
export interface Happening {
  contact: number;
  event: string;
  /** When it arrives; also when it occurred unless said. */
  at: number;
  occurredAt?: number;
  params?: JsonObject;
  key?: string;
  flags?: number;
  depth?: number;
}

export interface TestRun {
  id: number;
  contact_id: number;
  workflow_id: number;
  version: number;
  key: string;
  state: string;
  reason: string | null;
  block: string;
  wake_at: Date | null;
  started_at: Date;
  ended_at: Date | null;
  steps: number;
  results: JsonObject;
}

/**
 * A workspace with the engine of this room and the rooms to its left, all real. Its batches do what
 * the pipeline does: facts in rounds, one a contact, then due steps and what they cause.
 */
export async function createRunWorld(pool: Pool) {
  await ensurePartitions(pool, { now: new Date(T0) });
  const cache = createWorkflowCache();
  const capabilities: RunCapabilities = {
    decideSends,
    cancelDeliveries,
    eventTypes: createEventTypes(pool),
    fields: createFieldCatalogue(),
    render: testRender,
    slots: SLOTS,
    moves: createRunMoves(),
  };
  let names = 0;
  const workspaceId = await insert(
    pool,
    `insert into workspaces (slug, name, time_zone, created_at)
     values ('w' || (select count(*) from workspaces), 'Test', 'UTC', $1) returning id`,
    [new Date(T0)],
  );

  async function raise(): Promise<void> {
    await pool.query(`update workspaces set config_version = config_version + 1 where id = $1`, [
      workspaceId,
    ]);
  }

  async function publish(id: number, version: number, definition: JsonObject): Promise<void> {
    await pool.query(
      `insert into workflow_versions (workflow_id, version, definition, published_at) values ($1, $2, $3, $4)`,
      [id, version, JSON.stringify(definition), new Date(T0)],
    );
    await pool.query(`update workflows set published_version = $2 where id = $1`, [id, version]);
    await raise();
  }

  async function matchRounds(tx: Tx, facts: Fact[], now: number): Promise<void> {
    const index = await cache.load(tx);
    const contacts = await loadContacts(tx, { ids: [...new Set(facts.map((f) => f.contactId))] });
    for (const round of roundsOf(facts)) {
      await matchFacts(tx, capabilities, { index, facts: round, contacts, now });
    }
  }

  async function store(tx: Tx, happenings: Omit<Fact, 'id' | 'typeId'>[]): Promise<Fact[]> {
    const types = happenings.map((fact) => fact.type);
    const typeIds = await capabilities.eventTypes.idsOf(workspaceId, types, new Date(T0));
    const ids = await nextEventIds(tx, { n: happenings.length });
    const facts = happenings.map((fact, i) => ({
      ...fact,
      id: ids[i]!,
      typeId: typeIds.get(fact.type)!,
    }));
    await insertFacts(tx, { facts });
    return facts;
  }

  async function stepAll(tx: Tx, now: number, limit: number, slots: number[]): Promise<number> {
    const marks = new Map([[workspaceId, now]]);
    for (let handled = 0; ;) {
      const index = await cache.load(tx);
      const steps = await runDueSteps(tx, capabilities, { index, slots, marks, now, limit });
      handled += steps.handled;
      if (steps.facts.length > 0) await matchRounds(tx, await store(tx, steps.facts), now);
      if (steps.handled === 0 && !steps.more) return handled;
    }
  }

  return {
    workspaceId,
    capabilities,
    cache,

    contact: ({ email, fields = {} }: { email?: string; fields?: JsonObject } = {}) =>
      insertContact(pool, { workspaceId, email, fields }),

    field: (key: string, type: string) =>
      pool.query(
        `insert into fields (workspace_id, key, label, type, source, created_at) values ($1, $2, $2, $3, 'api', $4)`,
        [workspaceId, key, type, new Date(T0)],
      ),

    async message(sending: JsonObject = {}): Promise<number> {
      const id = await insert(
        pool,
        `insert into messages (workspace_id, key, name, channel, default_language, version, created_at, updated_at, sending)
         values ($1, $2, 'Welcome', 'email', 'en', 1, $3, $3, $4) returning id`,
        [workspaceId, `m${(names += 1)}`, new Date(T0), JSON.stringify(sending)],
      );
      await pool.query(
        `insert into message_versions (message_id, version, content, compiled, created_at)
         values ($1, 1, '{"en": {"subject": "Hi", "html": "Hi"}}', '{}', $2)`,
        [id, new Date(T0)],
      );
      return id;
    },

    /** Published as version 1, and active. */
    async workflow(definition: JsonObject): Promise<number> {
      const id = await insert(
        pool,
        `insert into workflows (workspace_id, key, name, state, draft, created_at, updated_at)
         values ($1, $2, 'Test', 'active', $3, $4, $4) returning id`,
        [workspaceId, `w${(names += 1)}`, JSON.stringify(definition), new Date(T0)],
      );
      await publish(id, 1, definition);
      return id;
    },

    publish,

    async setState(id: number, state: string): Promise<void> {
      await pool.query(`update workflows set state = $2 where id = $1`, [id, state]);
      await raise();
    },

    /** One batch: these facts, and nothing due. */
    apply: (...happenings: Happening[]) =>
      inTransaction(pool, async (tx) => {
        const facts = await store(
          tx,
          happenings.map((happening) => factOf(happening, workspaceId)),
        );
        await matchRounds(tx, facts, Math.max(...facts.map((fact) => fact.receivedAt)));
      }),

    /** All that is due at this instant, as batches of at most `limit` runs. */
    step: (now: number, { limit = 1_000, slots = ALL_SLOTS } = {}) =>
      inTransaction(pool, (tx) => stepAll(tx, now, limit, slots)),

    startByHand: (
      starts: { contact: number; workflow: number; at?: number; params?: JsonObject }[],
    ) =>
      inTransaction(pool, async (tx) =>
        startRunsByHand(tx, capabilities, {
          starts: starts.map(({ contact, workflow, at = T0, params = {} }) => ({
            workspaceId,
            contactId: contact,
            workflowId: workflow,
            params,
            source: 'manual',
            receivedAt: at,
          })),
          index: await cache.load(tx),
          contacts: await loadContacts(tx, { ids: starts.map(({ contact }) => contact) }),
          now: T0,
        }),
      ),

    stopByHand: (stops: { contact: number; workflow: number; run?: number }[], now = T0) =>
      inTransaction(pool, (tx) =>
        stopRuns(tx, capabilities, {
          stops: stops.map(({ contact, workflow, run }) => ({
            contactId: contact,
            workflowId: workflow,
            runId: run,
            reason: 'by hand',
          })),
          now,
        }),
      ),

    async runs(workflow?: number): Promise<TestRun[]> {
      const { rows } = await pool.query<TestRun>(
        `select * from runs where workspace_id = $1 and ($2::bigint is null or workflow_id = $2)
          order by started_at, id`,
        [workspaceId, workflow ?? null],
      );
      return rows;
    },

    async history(run: number) {
      const { rows } = await pool.query<{
        n: number;
        block: string;
        type: string;
        at: Date;
        exit: string | null;
        decided_by: JsonObject | null;
      }>(
        `select n, block, type, at, exit, decided_by from run_steps where run_id = $1 order by n`,
        [run],
      );
      return rows;
    },

    async refusals(): Promise<{ contact_id: number; key: string; reason: string }[]> {
      const { rows } = await pool.query<{ contact_id: number; key: string; reason: string }>(
        `select contact_id, key, reason from not_started where workspace_id = $1 order by id`,
        [workspaceId],
      );
      return rows;
    },

    /** By block and what, all days and slots together. */
    async counts(workflow: number): Promise<Record<string, number>> {
      const { rows } = await pool.query<{ name: string; n: number }>(
        `select block || ' ' || what as name, sum(n)::bigint as n
           from workflow_counts where workflow_id = $1 group by 1 order by 1`,
        [workflow],
      );
      return Object.fromEntries(rows.map((row) => [row.name.trim(), row.n]));
    },

    async sends() {
      const { rows } = await pool.query<{
        contact_id: number;
        workflow_id: number;
        block: string;
        decision: string;
        reason: string | null;
        hold_until: Date | null;
        counts_at: Date | null;
        context: Json;
      }>(
        `select contact_id, workflow_id, block, decision, reason, hold_until, counts_at, context
           from sends where workspace_id = $1 order by id`,
        [workspaceId],
      );
      return rows;
    },

    async deliveryStates(): Promise<string[]> {
      const { rows } = await pool.query<{ state: string }>(
        `select state from deliveries where workspace_id = $1 order by id`,
        [workspaceId],
      );
      return rows.map((row) => row.state);
    },
  };
}

export type RunWorld = Awaited<ReturnType<typeof createRunWorld>>;

async function insert(pool: Pool, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(statement, values);
  return rows[0]!.id;
}

async function insertContact(
  pool: Pool,
  {
    workspaceId,
    email,
    fields,
  }: { workspaceId: number; email: string | undefined; fields: JsonObject },
): Promise<number> {
  const id = await insert(
    pool,
    `insert into contacts (id, workspace_id, email, fields, source, created_at, updated_at)
     values (nextval('contact_ids'), $1, $2, $3, 'api', $4, $4) returning id`,
    [workspaceId, email ?? null, JSON.stringify(fields), new Date(T0)],
  );
  if (email !== undefined) {
    await pool.query(
      `insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
       values ($1, 'email', $2, $3, 'subscribed', $4, 'api')`,
      [id, email, workspaceId, new Date(T0)],
    );
  }
  return id;
}

function factOf(happening: Happening, workspaceId: number): Omit<Fact, 'id' | 'typeId'> {
  const { contact, event, at, occurredAt = at, params = {}, key, flags = 0, depth = 0 } = happening;
  return {
    workspaceId,
    contactId: contact,
    type: event,
    occurredAt,
    receivedAt: at,
    source: 'api',
    params,
    flags,
    depth,
    ...(key !== undefined && { key }),
  };
}

/** Round k holds the k-th fact of each contact. */
function roundsOf(facts: Fact[]): Fact[][] {
  const seen = new Map<number, number>();
  const rounds: Fact[][] = [];
  for (const fact of facts) {
    const round = seen.get(fact.contactId) ?? 0;
    seen.set(fact.contactId, round + 1);
    (rounds[round] ??= []).push(fact);
  }
  return rounds;
}
