import type { BlockStats, workflowDaysSchema, workflowStatsSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import { readCounts, readDays } from './read-queries.ts';

interface Period {
  from: Date | null;
  to: Date | null;
}

type Counted = Awaited<ReturnType<typeof readCounts>>;

/**
 * Counts of a workflow. Days are those of UTC. What stands on a block now is what came in less
 * what went out, ever: the engine counts both in the transaction that moves the run.
 */
export async function readStats(
  db: Db,
  {
    workflowId,
    version,
    period,
    blocks,
  }: {
    workflowId: number;
    version?: number | undefined;
    period: Period;
    /** Shown even if nobody came there. */
    blocks: readonly string[];
  },
): Promise<z.output<typeof workflowStatsSchema>> {
  const counts = await readCounts(db, {
    workflowId,
    version,
    from: period.from ? dayOf(period.from) : undefined,
    to: period.to ? dayOf(period.to) : undefined,
  });
  const total = (what: string, which: 'within' | 'ever') =>
    counts.reduce((sum, row) => (row.what === what ? sum + row[which] : sum), 0);
  const ended = (which: 'within' | 'ever') =>
    total('completed', which) + total('stopped', which) + total('failed', which);
  return {
    period,
    started: total('started', 'within'),
    running: total('started', 'ever') - ended('ever'),
    completed: total('completed', 'within'),
    stopped: total('stopped', 'within'),
    failed: total('failed', 'within'),
    converted: total('converted', 'within'),
    not_started: byName(counts, REFUSED),
    blocks: blockStats(counts, blocks),
  };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function byName(counts: Counted, prefix: string): Record<string, number> {
  return Object.fromEntries(
    counts
      .filter((row) => row.what.startsWith(prefix) && row.within > 0)
      .map((row) => [row.what.slice(prefix.length), row.within]),
  );
}

function blockStats(counts: Counted, known: readonly string[]): Record<string, BlockStats> {
  const byBlock = Map.groupBy(counts, (row) => row.block);
  byBlock.delete('');
  const ids = new Set([...known, ...byBlock.keys()]);
  return Object.fromEntries([...ids].map((id) => [id, statsOf(byBlock.get(id) ?? [])]));
}

function statsOf(rows: Counted): BlockStats {
  const entered = rows.find((row) => row.what === 'entered');
  const ended = rows.filter(({ what, within }) => ENDINGS.has(what) && within > 0);
  const left = rows.reduce((sum, row) => (row.what === 'entered' ? sum : sum + row.ever), 0);
  return {
    entered: entered?.within ?? 0,
    waiting: (entered?.ever ?? 0) - left,
    exits: byName(rows, 'exit:'),
    ...(ended.length > 0 && {
      ended: Object.fromEntries(ended.map(({ what, within }) => [what, within])),
    }),
  };
}

/** How runs end on a block; one that leaves by an exit that leads nowhere has left it. */
const ENDINGS: ReadonlySet<string> = new Set(['completed', 'stopped', 'failed']);

/** Day by day, so many days up to this one, those without anything too. */
export async function readStatDays(
  db: Db,
  {
    workflowId,
    version,
    days,
    now,
  }: { workflowId: number; version?: number | undefined; days: number; now: Date },
): Promise<z.output<typeof workflowDaysSchema>> {
  const names = Array.from({ length: days }, (_, i) =>
    dayOf(new Date(now.getTime() - (days - 1 - i) * DAY_MS)),
  );
  const to = dayOf(new Date(now.getTime() + DAY_MS));
  const rows = await readDays(db, { workflowId, version, from: names[0]!, to });
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return { days: names.map((day) => dayStats(day, byDay.get(day) ?? [])) };
}

const DAY_MS = 86_400_000;

function dayStats(day: string, rows: { what: string; n: number }[]) {
  const of = (what: string): number => rows.find((row) => row.what === what)?.n ?? 0;
  const refused = rows.filter(({ what }) => what.startsWith(REFUSED));
  return {
    day,
    started: of('started'),
    completed: of('completed'),
    stopped: of('stopped'),
    failed: of('failed'),
    converted: of('converted'),
    not_started: Object.fromEntries(refused.map(({ what, n }) => [what.slice(REFUSED.length), n])),
  };
}

const REFUSED = 'not_started:';
