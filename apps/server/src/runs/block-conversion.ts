import type { BlockConversion } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { idAt, ORDER_SLACK_MS } from './run-id-at.ts';

/** Of more than so many runs the caller would wait for too long. */
export const MOST_COUNTED = 2_000_000;

/** Runs of one statement: a second or two, after which its connection and its snapshot go. */
const PAGE = 50_000;

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
 * they passed it for the first time. Counted page by page: what a run adds depends on no other.
 * Counts nothing where there are more than `most` runs: undefined.
 */
export async function countConversions(
  db: Db,
  filter: ConversionFilter,
  { most = MOST_COUNTED, page: size = PAGE }: { most?: number; page?: number } = {},
): Promise<Counted | undefined> {
  const { workflowId, from, to } = filter;
  const end = (await idAt(db, workflowId, shifted(to, 1))) ?? Number.MAX_SAFE_INTEGER;
  let first = (await idAt(db, workflowId, shifted(from, -1))) ?? 0;
  if (await areMore(db, { ...filter, first, end, most })) return undefined;
  const total: Counted = { runs: 0, blocks: {} };
  for (;;) {
    const page = await countPage(db, { ...filter, first, end, size });
    total.runs += page.runs;
    for (const counts of page.blocks) addTo(total.blocks, counts);
    if (page.runs < size || page.last === null) return total;
    first = page.last + 1;
  }
}

type BlockCounts = BlockConversion & { block: string };

interface Stretch extends ConversionFilter {
  first: number;
  end: number;
}

/** Runs of the stretch that the filter lets through: its first six values. */
const LOOKED = `workflow_id = $1 and id >= $2 and id < $3
          and ($4::timestamptz is null or started_at >= $4)
          and ($5::timestamptz is null or started_at < $5)
          and ($6::int is null or version = $6)`;

interface Page {
  runs: number;
  /** ID of the last run; null where there is none. */
  last: number | null;
  blocks: BlockCounts[];
}

/** Asked before anything is counted, which takes far longer. */
async function areMore(
  db: Db,
  { workflowId, version, from, to, first, end, most }: Stretch & { most: number },
): Promise<boolean> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from (select from runs where ${LOOKED} limit $7::bigint + 1) looked`,
    [workflowId, first, end, from ?? null, to ?? null, version ?? null, most],
  );
  return rows[0]!.n > most;
}

/**
 * One statement: a stretch of `runs_by_workflow`, for each run `run_steps_pkey`, and for each block
 * of each run one probe of `events_pkey`.
 */
async function countPage(
  db: Db,
  {
    workflowId,
    version,
    from,
    to,
    typeId,
    withinHours,
    now,
    first,
    end,
    size,
  }: Stretch & { size: number },
): Promise<Page> {
  const { rows } = await db.query<
    BlockConversion & { runs: number; last: number | null; block: string | null }
  >(
    `with looked as materialized (
       select contact_id, id from runs
        where ${LOOKED}
        order by id
        limit $10),
     edge as (select count(*)::integer as runs, max(id) as last from looked),
     passed as (
       select s.contact_id, s.block, min(s.at) as at
         from looked r join run_steps s on s.contact_id = r.contact_id and s.run_id = r.id
        where $4::timestamptz is null or s.at >= $4
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
     select edge.runs, edge.last, counted.* from edge left join counted on true`,
    [
      workflowId,
      first,
      end,
      from ?? null,
      to ?? null,
      version ?? null,
      typeId,
      withinHours,
      now,
      size,
    ],
  );
  const { runs, last } = rows[0]!;
  const blocks = rows.flatMap(({ runs: _, last: __, block, ...counts }) =>
    block === null ? [] : [{ block, ...counts }],
  );
  return { runs, last, blocks };
}

function addTo(
  blocks: Record<string, BlockConversion>,
  { block, passed, reached, open }: BlockCounts,
): void {
  const known = blocks[block] ?? { passed: 0, reached: 0, open: 0 };
  blocks[block] = {
    passed: known.passed + passed,
    reached: known.reached + reached,
    open: known.open + open,
  };
}

function shifted(at: Date | undefined, sign: 1 | -1): Date | undefined {
  return at && new Date(at.getTime() + sign * ORDER_SLACK_MS);
}
