import { NEVER } from './changes.ts';
import {
  type FactRows,
  type FactsAsked,
  extremeOf,
  filtered,
  matchingRows,
  movingRows,
} from './fact-rows.ts';
import { type MeasureSql, members, withChanges } from './grouped.ts';
import { entersAt, leavesAt, movesOf } from './period-changes.ts';

type Kind = 'first' | 'last';

/** Whether the first, or the last, of all facts lies in the period. */
export function measureExtreme(asked: FactsAsked, kind: Kind): MeasureSql {
  const { sql, period } = asked;
  // The first fact is not in the period if one lies before it, the last not if one lies behind it:
  // of those on the other side it need not be known.
  const within = { from: kind === 'last', to: kind === 'first' };
  return {
    members() {
      const rows = matchingRows({ ...asked, within });
      return members(rows, isInPeriod(rows, kind), false);
    },
    changes() {
      // Where the ends are one for all, the one fact tells where it lies.
      const flagged = period.zone === 'contact';
      const rows = movingRows({ ...asked, within: { ...within, to: false }, flagged });
      const where = placeOf(rows, kind);
      const which = kind === 'first' ? 'min' : 'max';
      const { leaving, entering } = movesOf(period);
      const [leaves = NEVER] = leaving ? leavesAt(sql, period, rows, which) : [];
      const [enters = NEVER] = entering ? entersAt(sql, period, rows, which) : [];
      return withChanges(rows, {
        passes: where.isInside,
        bounds: [
          `case when ${where.isInside} then ${leaves} when ${where.isAhead} then ${enters} end`,
        ],
      });
    },
  };
}

function isInPeriod(rows: FactRows, kind: Kind): string {
  if (rows.ends) {
    const { from, to } = rows.ends;
    const fact = factOf(rows, kind);
    if (kind === 'first') return from === undefined ? 'true' : `${fact} >= ${from}`;
    return to === undefined ? 'true' : `${fact} < ${to}`;
  }
  const isWithin = kind === 'first' ? rows.isFrom : rows.isBefore;
  if (isWithin === undefined) return 'true';
  return rows.standsFor === undefined ? `bool_and(${isWithin})` : isWithin;
}

/** When the fact that counts happened. */
function factOf(rows: FactRows, kind: Kind): string {
  return extremeOf(rows, { which: kind === 'first' ? 'min' : 'max', of: rows.at });
}

/** Where the fact that counts lies; of no fact neither is true. */
function placeOf(rows: FactRows, kind: Kind): { isInside: string; isAhead: string } {
  if (rows.ends) {
    const { from, to } = rows.ends;
    const fact = factOf(rows, kind);
    const isBefore = to === undefined ? 'true' : `${fact} < ${to}`;
    const isFrom = from === undefined ? 'true' : `${fact} >= ${from}`;
    return { isInside: `(${isFrom} and ${isBefore})`, isAhead: `not (${isBefore})` };
  }
  const some = (flag: string | undefined): string =>
    rows.standsFor === undefined ? `${filtered('count(*)', flag)} > 0` : (flag ?? 'true');
  return kind === 'first'
    ? {
        isInside: `(not ${some(rows.behind)} and ${some(rows.inside)})`,
        isAhead: `(not ${some(rows.behind)} and not ${some(rows.inside)} and ${some(rows.ahead)})`,
      }
    : {
        isInside: `(not ${some(rows.ahead)} and ${some(rows.inside)})`,
        isAhead: some(rows.ahead),
      };
}
