import type { Aggregate } from '../measures/aggregates.ts';
import { aggregateSql } from './aggregate-sql.ts';
import { earliest } from './changes.ts';
import { type FactsAsked, matchingRows, movingRows } from './fact-rows.ts';
import { type MeasureSql, all, members, withChanges } from './grouped.ts';
import { entersAt, leavesAt, movesOf } from './period-changes.ts';

/** An aggregate of the facts in the period. */
export function measureInPeriod(asked: FactsAsked, measure: Aggregate): MeasureSql {
  const { sql, operands, period } = asked;
  const aggregate = aggregateSql(sql, measure, operands);
  const { value, passesOnNothing } = aggregate;
  return {
    members() {
      const rows = matchingRows({ ...asked, value, within: { from: true, to: true } });
      // Whoever has facts has some.
      if (aggregate.betweenNoneAndSome) return all(rows);
      return members(rows, aggregate.passes(rows), passesOnNothing);
    },
    changes() {
      const moves = movesOf(period);
      const { entering } = moves;
      const within = { from: true, to: !entering };
      const rows = movingRows({ ...asked, value, within, flagged: entering });
      // Of many facts it is the last to leave that makes none of some.
      const exactly = aggregate.betweenNoneAndSome && !entering;
      const moved = earliest([
        ...(moves.leaving ? leavesAt(sql, period, rows, exactly ? 'max' : 'min') : []),
        ...(entering ? entersAt(sql, period, rows, 'min') : []),
      ]);
      const settled = aggregate.isSettled?.(rows, moves);
      return withChanges(rows, {
        passes: aggregate.passes(rows, rows.inside),
        bounds: [settled === undefined ? moved : `case when not ${settled} then ${moved} end`],
      });
    },
  };
}
