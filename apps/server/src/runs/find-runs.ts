import type { RunState } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { idAt, ORDER_SLACK_MS } from './run-id-at.ts';
import type { RunView } from './read-queries.ts';

/** Which runs are looked for. */
export interface RunFilter {
  workflowId: number;
  states?: RunState[] | undefined;
  contactId?: number | undefined;
  /** Where they stand or ended. */
  block?: string | undefined;
  /** Part of why they ended, in any case. */
  reason?: string | undefined;
  version?: number | undefined;
  /** That began in this period; `to` is excluded. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** That came to this block, or left it by this exit. */
  reached?: string | undefined;
  exit?: string | undefined;
}

interface FoundRuns {
  runs: RunView[];
  /** Where the next look begins; undefined: there are no more. */
  before: number | undefined;
  /** Older runs were not looked at yet: those that began before this. */
  lookedUntil: Date | null;
}

/** So many runs are looked at in one answer, whatever is asked and however few of them fit. */
const MOST_LOOKED = 20_000;
/** Of blocks that were passed each of them is asked. */
const MOST_ASKED_STEPS = 5_000;

/**
 * Runs that fit, newest first. Whatever the filter, one answer reads a stretch of `runs_by_workflow`
 * (of failed ones `runs_failed`, of a contact `runs_pkey`), never all runs: what is rare comes page by
 * page, each with how far it looked.
 */
export async function findRuns(
  db: Db,
  { before, limit, ...filter }: RunFilter & { before?: number | undefined; limit: number },
): Promise<FoundRuns> {
  const { workflowId, from, to } = filter;
  const end = Math.min(
    before ?? Infinity,
    (await idAt(db, workflowId, shifted(to, 1))) ?? Infinity,
  );
  const begin = (await idAt(db, workflowId, shifted(from, -1))) ?? 0;
  const most = filter.reached === undefined ? MOST_LOOKED : MOST_ASKED_STEPS;
  const { rows } = await db.query<RunView & { last_id: number; looked: number; last_at: Date }>(
    `with looked as materialized (
       select * from runs
        where workflow_id = $1 and id >= $13 and id < $2 ${failedAlone(filter)}
          and ($4::bigint is null or contact_id = $4)
        order by id desc
        limit ${most}),
     found as (
       select * from looked r
        where ($3::text[] is null or state = any($3))
          and ($5::timestamptz is null or started_at >= $5)
          and ($6::timestamptz is null or started_at < $6)
          and ($7::text is null or block = $7)
          and ($8::text is null or reason ilike $8)
          and ($9::int is null or version = $9)
          and ($10::text is null
               or ($11::text is null and block = $10)
               or exists (select from run_steps s
                           where s.contact_id = r.contact_id and s.run_id = r.id and s.block = $10
                             and ($11::text is null or s.exit = $11)))
        order by id desc
        limit $12),
     edge as (select min(id) as last_id, count(*)::integer as looked, min(started_at) as last_at from looked)
     select f.id, f.workflow_id, f.version, f.contact_id, f.key, f.state, f.reason, f.block,
            coalesce(f.wake_at, f.paused_wake_at) as wake_at, f.started_at, f.ended_at, f.test,
            edge.last_id, edge.looked, edge.last_at
       from edge left join found f on true
      order by f.id desc`,
    [
      filter.workflowId,
      Number.isFinite(end) ? end : Number.MAX_SAFE_INTEGER,
      filter.states?.length ? filter.states : null,
      filter.contactId ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.block ?? null,
      filter.reason === undefined ? null : pattern(filter.reason),
      filter.version ?? null,
      filter.reached ?? null,
      filter.exit ?? null,
      limit + 1,
      begin,
    ],
  );
  return answerOf(rows, { limit, most });
}

/** Lets the planner take the index of failed runs. */
function failedAlone({ states }: RunFilter): string {
  return states?.length === 1 && states[0] === 'failed' ? `and state = 'failed'` : '';
}

function pattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

function answerOf(
  rows: (RunView & { last_id: number | null; looked: number; last_at: Date | null })[],
  { limit, most }: { limit: number; most: number },
): FoundRuns {
  const { last_id: lastId, looked, last_at: lastAt } = rows[0]!;
  const found = rows.filter(({ id }) => id !== null);
  const runs = found
    .slice(0, limit)
    .map(({ last_id: _id, looked: _n, last_at: _at, ...run }) => run);
  if (found.length > limit) return { runs, before: runs.at(-1)!.id, lookedUntil: null };
  if (looked < most || lastId === null) return { runs, before: undefined, lookedUntil: null };
  return { runs, before: lastId, lookedUntil: lastAt };
}

function shifted(at: Date | undefined, sign: 1 | -1): Date | undefined {
  return at && new Date(at.getTime() + sign * ORDER_SLACK_MS);
}
