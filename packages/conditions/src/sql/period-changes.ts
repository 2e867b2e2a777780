import type { Period } from '../periods/index.ts';
import { type FactRows, extremeOf } from './fact-rows.ts';
import { motionOf, shifted } from './moment-changes.ts';
import type { Sql } from './sql.ts';

/** Which of several facts is asked about. */
type Which = 'min' | 'max';

/** When facts of a group leave the period: the first or last of those inside, null if none is. */
export function leavesAt(sql: Sql, period: Period, rows: FactRows, which: Which): string[] {
  return edgeOf(sql, period, rows, { which, edge: 'leave', flag: rows.inside });
}

/** When facts of a group enter the period: the first or last of those ahead, null if none is. */
export function entersAt(sql: Sql, period: Period, rows: FactRows, which: Which): string[] {
  return edgeOf(sql, period, rows, { which, edge: 'enter', flag: rows.ahead });
}

/** Whether facts of the past enter the period as time goes by, and leave it. */
export function movesOf(period: Period): { entering: boolean; leaving: boolean } {
  switch (period.kind) {
    case 'last':
    case 'today':
    case 'this':
      // What happened is never ahead of them.
      return { entering: false, leaving: true };
    case 'longer_ago':
      return { entering: true, leaving: false };
    case 'previous':
    case 'yesterday':
      return { entering: true, leaving: true };
    default:
      return { entering: false, leaving: false };
  }
}

function edgeOf(
  sql: Sql,
  period: Period,
  rows: FactRows,
  { which, edge, flag }: { which: Which; edge: 'enter' | 'leave'; flag: string | undefined },
): string[] {
  const motion = motionOf(period);
  if (motion.kind === 'fixed') return [];
  const length = motion[edge];
  if (length === undefined) return [];
  const at = extremeOf(rows, { which, of: rows.at }, flag);
  if (motion.kind === 'rolling') return [shifted(sql, `(${at})`, length)];
  // Null stays null, which greatest would pass over.
  const moves = extremeOf(rows, { which: 'min', of: String(rows.movesAt) }, flag);
  return [`(case when ${at} is not null then greatest(${moves}, ${shifted(sql, at, length)}) end)`];
}
