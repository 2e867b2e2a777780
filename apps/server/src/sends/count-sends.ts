import type { sendCountsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { stretchOf, type Stretch } from './lists/look-back.ts';
import {
  lastLooked,
  lookedSends,
  pathOfSends,
  valuesOf,
  type Causes,
  type Path,
} from './lists/path-of-sends.ts';

type Counts = z.output<typeof sendCountsSchema>;

/** So many of the newest are counted: a count of all would read the whole table. */
const MOST = 10_000;

interface CountFilter extends Causes {
  channels?: string[] | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

/**
 * The newest sends by decision and reason, as far back as a list looks in one answer. Indexes as `pathOfSends` says;
 * of what is uncertain deliveries_uncertain.
 */
export async function countSends(db: Db, filter: CountFilter): Promise<Counts> {
  const stretch = await stretchOf(db, 'sends', filter);
  const fitting = [
    filter.message ?? null,
    filter.campaign ?? null,
    filter.workflow ?? null,
    filter.channels ?? null,
    filter.from ?? null,
    filter.until ?? null,
    MOST,
  ];
  const asked = { filter, stretch, fitting };
  const newest = await countAlong(db, pathOfSends(filter), asked);
  // What waits may have been decided long before the newest, and is few.
  const held = await countAlong(db, pathOfSends({ ...filter, decisions: ['held'] }), asked);
  const rows = [
    ...newest.found.filter(({ decision }) => decision !== 'held'),
    ...held.found,
  ].toSorted((a, b) => b.n - a.n || (a.reason ?? '').localeCompare(b.reason ?? ''));
  const { rows: uncertain } = await db.query<{ n: number }>(
    `select count(*) as n
       from (select from deliveries d
               join sends s on s.contact_id = d.contact_id and s.id = d.send_id
              where d.workspace_id = $1 and d.uncertain_at is not null and ${fits(2)}
              limit $8) found`,
    [filter.workspaceId, ...fitting],
  );
  const counted = newest.found.reduce((sum, { n }) => sum + n, 0);
  const of = (decision: string): number =>
    rows.filter((row) => row.decision === decision).reduce((sum, { n }) => sum + n, 0);
  return {
    counted,
    capped: counted === MOST || newest.more || held.more,
    sent: of('sent'),
    held: of('held'),
    refused: of('refused'),
    uncertain: uncertain[0]!.n,
    reasons: rows.flatMap(({ decision, reason, n }) =>
      reason !== null && decision !== 'sent'
        ? [{ decision: decision as 'held' | 'refused', reason, n }]
        : [],
    ),
  };
}

interface Found {
  decision: string;
  reason: string | null;
  n: number;
}

async function countAlong(
  db: Db,
  path: Path,
  { filter, stretch, fitting }: { filter: CountFilter; stretch: Stretch; fitting: unknown[] },
): Promise<{ found: Found[]; more: boolean }> {
  const looked = valuesOf(filter, path, stretch);
  const { rows } = await db.query<Found>(
    `with newest as (
       select s.decision, s.reason from ${lookedSends(path)} s where ${fits(5)} order by s.id desc limit $11
     )
     select decision, reason, count(*) as n from newest group by decision, reason`,
    [...looked, ...fitting],
  );
  return { found: rows, more: (await lastLooked(db, path, looked)) !== undefined };
}

/** Six values, from this parameter on. */
function fits(first: number): string {
  const [message, campaign, workflow, channels, from, until] = Array.from(
    { length: 6 },
    (_, i) => `$${first + i}`,
  );
  return `(${message}::bigint is null or s.message_id = ${message})
        and (${campaign}::bigint is null or s.campaign_id = ${campaign})
        and (${workflow}::bigint is null or s.workflow_id = ${workflow})
        and (${channels}::text[] is null or s.channel = any(${channels}))
        and (${from}::timestamptz is null or s.created_at >= ${from})
        and (${until}::timestamptz is null or s.created_at < ${until})`;
}
