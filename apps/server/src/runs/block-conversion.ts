import type { BlockConversion } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { idAt, ORDER_SLACK_MS } from './run-id-at.ts';

/** So many runs are counted at once; of more the count would hold a connection for too long. */
export const MOST_COUNTED = 200_000;

export interface ConversionFilter {
  workflowId: number;
  version?: number | undefined;
  /** Of runs that began in this period; `to` is excluded. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** The goal, and for how long after a block it counts. */
  typeId: number;
  withinHours: number;
  now: Date;
}

interface Counted {
  runs: number;
  blocks: Record<string, BlockConversion>;
}

/**
 * Of the runs that passed each block, how many contacts had the goal event within the window after
 * they passed it for the first time. One statement: a stretch of `runs_by_workflow`, for each run
 * `run_steps_pkey`, and for each block of each run one probe of `events_pkey`. Counts nothing where
 * there are more than `MOST_COUNTED` runs: undefined.
 */
export async function countConversions(
  db: Db,
  { workflowId, version, from, to, typeId, withinHours, now }: ConversionFilter,
): Promise<Counted | undefined> {
  const begin = (await idAt(db, workflowId, shifted(from, -1))) ?? 0;
  const end = (await idAt(db, workflowId, shifted(to, 1))) ?? Number.MAX_SAFE_INTEGER;
  const { rows } = await db.query<BlockConversion & { runs: number; block: string | null }>(
    `with looked as materialized (
       select contact_id, id from runs
        where workflow_id = $1 and id >= $2 and id < $3
          and ($4::timestamptz is null or started_at >= $4)
          and ($5::timestamptz is null or started_at < $5)
          and ($6::int is null or version = $6)
        limit ${MOST_COUNTED + 1}),
     edge as (select count(*)::integer as runs from looked),
     passed as (
       select s.contact_id, s.block, min(s.at) as at
         from looked r join run_steps s on s.contact_id = r.contact_id and s.run_id = r.id
        where (select runs from edge) <= ${MOST_COUNTED}
          and ($4::timestamptz is null or s.at >= $4)
        group by r.id, s.contact_id, s.block),
     judged as (
       select block, at, exists (
                select from events e
                 where e.contact_id = passed.contact_id and e.event_type_id = $7
                   and e.occurred_at > passed.at
                   and e.occurred_at <= passed.at + $8::int * interval '1 hour') as reached
         from passed),
     counted as (
       select block, count(*)::integer as passed,
              count(*) filter (where reached)::integer as reached,
              count(*) filter (where not reached and at + $8::int * interval '1 hour' > $9)::integer as open
         from judged group by block)
     select edge.runs, counted.* from edge left join counted on true`,
    [workflowId, begin, end, from ?? null, to ?? null, version ?? null, typeId, withinHours, now],
  );
  const { runs } = rows[0]!;
  if (runs > MOST_COUNTED) return undefined;
  const counted = rows.flatMap(({ runs: _, block, ...counts }) =>
    block === null ? [] : [[block, counts] as const],
  );
  return { runs, blocks: Object.fromEntries(counted) };
}

function shifted(at: Date | undefined, sign: 1 | -1): Date | undefined {
  return at && new Date(at.getTime() + sign * ORDER_SLACK_MS);
}
