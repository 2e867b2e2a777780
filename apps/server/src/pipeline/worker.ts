import { watchYoungTables } from '../db/analyze-young.ts';
import { hear } from '../db/hear.ts';
import type { Pool } from '../db/pool.ts';
import { INBOX_CHANNEL } from '../inbox/index.ts';
import { SENDS_CHANNEL } from '../sends/index.ts';
import {
  EVERYTHING,
  isDueSql,
  nextDue,
  SLOTS_CHANNEL,
  tablesOf,
  type DueColumn,
} from '../slots/index.ts';
import { applyBatch, type Applied } from './apply/apply-batch.ts';
import type { ApplyParts } from './apply/apply-part.ts';
import { createDuePace, type DuePace } from './apply/due-pace.ts';
import { createLoadMeter } from './load-meter.ts';
import { createNaps } from './naps.ts';
import { advanceMarks, resolveBatch } from './resolve/resolve-batch.ts';
import { createTurns, type Turn, type Turns } from './turns.ts';

/** Told when outcomes were written, so that waiting calls look for theirs. */
export const ANSWERED_CHANNEL = 'perennial_answered';

export interface WorkerOptions {
  pool: Pool;
  /** For `listen`; a pooler may drop it, so the worker looks by itself, every second or few. */
  url: string;
  parts: ApplyParts;
  clock: () => Date;
  /** What else shall be called when a channel is notified, on the worker's own connection. */
  bells?: Record<string, () => void>;
  /** Workers that share the slots, and which of them this one is: where it begins to look. */
  of: number;
  index: number;
  onError: (cause: unknown) => void;
  onBatch?: (batch: { resolved: number; applied: Applied; ms: number }) => void;
  /** Which share of the time, from 0 to 1, this worker has work; told about twice a second. */
  onLoad?: (share: number) => void;
}

export interface Worker {
  /** Resolves when everything in hand is committed. */
  stop(): Promise<void>;
}

const AFTER_ERROR_MS = 1000;

/** Resolves, applies and steps until stopped; sleeps while there is nothing to do. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { url, onError } = options;
  const bell = createBell();
  let wholeTurns = 0;
  const listener = await hear(
    { url, name: 'perennial worker listener', onError },
    {
      ...options.bells,
      [INBOX_CHANNEL]: bell.ring,
      [SLOTS_CHANNEL](payload) {
        // Without any: what was told while nobody listened is not known.
        if (payload === undefined || payload === EVERYTHING) wholeTurns = options.of;
        bell.ring();
      },
    },
  );
  let stopping = false;

  const load = createLoadMeter({
    now: () => performance.now(),
    onShare: (share) => options.onLoad?.(share),
  });

  const pace = createDuePace();
  const young = watchYoungTables(options.pool, { now: () => performance.now(), onError });

  const { slots } = options.parts;
  const due: DueParts = {
    columns: [...options.parts.engine.due, options.parts.live.due],
    slots: Array.from({ length: slots }, (_, slot) => slot),
  };
  const napLength = createNaps({
    ...options,
    nextWake: (range) => nextDue(options.pool, { ...due, ...range }),
  });
  const turns = createTurns({ ...options, slots });

  async function run(): Promise<void> {
    let turn = options.index;
    let heard = bell.heard();
    // Each turn looks at another share of the slots: only a whole round without work ends in sleep.
    let quietTurns = 0;
    let workedAt = options.clock();
    while (!stopping) {
      try {
        const began = performance.now();
        const whole = wholeTurns > 0 || turn % (options.of + QUICK_TURNS) < options.of;
        wholeTurns = Math.max(0, wholeTurns - 1);
        const lookedAt = options.clock();
        const found = await work(options, { due, whole, pace, turns, lookedAt });
        load.worked(found === 'work' ? performance.now() - began : 0);
        if (found === 'work') workedAt = options.clock();
        if (found === 'work' && options.index === 0) young.look();
        turn += 1;
        quietTurns = found === 'work' ? 0 : quietTurns + 1;
        if (found === 'elsewhere') {
          await bell.wait({ since: heard, ms: ELSEWHERE_MS });
          heard = bell.heard();
          continue;
        }
        if (found !== 'nothing waits' && quietTurns < options.of) continue;
        if (stopping) continue;
        await bell.wait({ since: heard, ms: await napLength({ lookedAt, workedAt }) });
        heard = bell.heard();
        quietTurns = 0;
      } catch (cause) {
        if (stopping) return;
        onError(cause);
        await bell.wait({ since: bell.heard(), ms: AFTER_ERROR_MS });
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      bell.ring();
      await running;
      await young.settle();
      await listener.end();
    },
  };
}

/**
 * What a turn found: `nothing waits` was asked of everything, `nothing here` of its share alone;
 * `elsewhere` is what waits in slots that another worker has.
 */
type Found = 'work' | 'nothing here' | 'nothing waits' | 'elsewhere';

interface DueParts {
  columns: readonly DueColumn[];
  /** All of them. */
  slots: number[];
}

interface Waiting {
  inbox: boolean;
  queued: boolean;
  due: boolean;
}

/** Until slots may be free that another worker has. */
const ELSEWHERE_MS = 20;

/** Between two rounds that look at everything, whatever is said to be waiting. */
const QUICK_TURNS = 8;

/** One turn: every workspace's inbox, then a share of the slots. */
async function work(
  options: WorkerOptions,
  {
    due,
    whole,
    pace,
    turns,
    lookedAt,
  }: { due: DueParts; whole: boolean; pace: DuePace; turns: Turns; lookedAt: Date },
): Promise<Found> {
  const { pool } = options;
  const started = performance.now();
  const waiting = await lookForWork(pool, { ...due, leftDue: turns.leftDue(), now: lookedAt });
  if (!waiting.due) turns.calm();
  const resolved = waiting.inbox ? await resolveAll(options) : { items: 0, answered: false };
  if (waiting.due && turns.mayAdvance(started)) await advanceMarks(pool, options);
  if (!waiting.queued && !waiting.due && resolved.items === 0 && !whole) return 'nothing waits';
  const queued = waiting.queued || resolved.items > 0;
  const turn = turns.next({ queued, now: performance.now() });
  if (!turn) return 'nothing waits';
  const applied = await applyShare(options, { turn, pace });
  turns.did(turn, { owned: applied.owned, more: applied.moreDue });
  if (resolved.answered || applied.answered) await pool.query(`notify ${ANSWERED_CHANNEL}`);
  if (applied.steps > 0 || applied.planned) await pool.query(`notify ${SENDS_CHANNEL}`);
  options.onBatch?.({ resolved: resolved.items, applied, ms: performance.now() - started });
  const handled = resolved.items + applied.items + applied.steps;
  if (handled > 0 || applied.more) return 'work';
  if (!turns.isCrowded()) return 'nothing here';
  return turns.goesOn(turn, applied) ? 'work' : 'elsewhere';
}

/**
 * What waits anywhere; an idle installation asks this and nothing else. The first of an index instead
 * of "exists", which would read through what was taken out of the tables since their last vacuum; and
 * what was `leftDue` of a crowd need not be asked for.
 */
async function lookForWork(
  pool: Pool,
  { columns, slots, leftDue, now }: DueParts & { leftDue: boolean; now: Date },
): Promise<Waiting> {
  const queues = `(select seq from inbox order by workspace_id, lane, seq limit 1) is not null as inbox,
                  (select seq from slot_queue order by slot, lane, seq limit 1) is not null as queued`;
  const { rows } = await pool.query<Waiting>(
    leftDue
      ? { name: 'look_at_queues', text: `select ${queues}, true as due` }
      : {
          name: `look_for_work_${tablesOf(columns)}`,
          text: `select ${queues}, ${isDueSql(columns, { slots: '$1', by: '$2' })} as due`,
          values: [slots, now],
        },
  );
  return rows[0]!;
}

/** A batch over this turn's share of the slots, and if merges need others too, one over those. */
async function applyShare(
  { pool, parts, clock }: WorkerOptions,
  { turn, pace }: { turn: Turn; pace: DuePace },
): Promise<Applied> {
  const applied = await applyBatch(pool, parts, { clock, pace, ...turn });
  if (applied.wanted.length === 0) return applied;
  const claim = { slots: applied.wanted };
  const merged = await applyBatch(pool, parts, { clock, pace, ...turn, claim });
  return {
    ...applied,
    answered: applied.answered || merged.answered,
    planned: applied.planned || merged.planned,
    more: applied.more || merged.more,
    items: applied.items + merged.items,
    steps: applied.steps + merged.steps,
  };
}

async function resolveAll({
  pool,
  parts,
  clock,
}: WorkerOptions): Promise<{ items: number; answered: boolean }> {
  const { rows } = await pool.query<{ workspace_id: number }>(
    `select workspace_id from resolvers r
      where (select seq from inbox i where i.workspace_id = r.workspace_id order by lane, seq limit 1)
            is not null`,
  );
  const total = { items: 0, answered: false };
  for (const { workspace_id: workspaceId } of rows) {
    const resolved = await resolveBatch(pool, { workspaceId, slots: parts.slots, clock });
    total.items += resolved.items;
    total.answered ||= resolved.answered;
  }
  return total;
}

interface Bell {
  ring(): void;
  /** How often it rang. */
  heard(): number;
  /** Returns when it rang after `since`, or after `ms`. */
  wait(options: { since: number; ms: number }): Promise<void>;
}

function createBell(): Bell {
  let rung = 0;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung += 1;
      wake?.();
    },
    heard: () => rung,
    wait: ({ since, ms }) =>
      new Promise((resolve) => {
        if (rung !== since) return resolve();
        const timer = setTimeout(done, ms);
        wake = done;
        function done(): void {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        }
      }),
  };
}
