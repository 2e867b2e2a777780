import type { Aggregate } from '../measures/aggregates.ts';
import { aggregateSql } from './aggregate-sql.ts';
import { earliest } from './changes.ts';
import { type FactsAsked, matchingRows, movingRows } from './fact-rows.ts';
import { type MeasureSql, members, withChanges } from './grouped.ts';
import { entersAt, leavesAt, movesOf } from './period-changes.ts';

/** An aggregate of the facts in the period. */
export function measureInPeriod(asked: FactsAsked, measure: Aggregate): MeasureSql {
  const { sql, operands, period } = asked;
  const aggregate = aggregateSql(sql, measure, operands);
  const { value, passesOnNothing } = aggregate;
  return {
    members() {
      const rows = matchingRows({ ...asked, value, within: { from: true, to: true } });
      return members(rows, aggregate.passes(rows), passesOnNothing);
    },
    changes() {
      const rows = movingRows({ ...asked, value, within: { from: true, to: false } });
      const moves = movesOf(period);
      // Of many facts it is the last to leave that makes none of some.
      const exactly = aggregate.betweenNoneAndSome && !moves.entering;
      const moved = earliest([
        ...(moves.leaving ? leavesAt(sql, period, rows, exactly ? 'max' : 'min') : []),
        ...(moves.entering ? entersAt(sql, period, rows, 'min') : []),
      ]);
      const settled = aggregate.isSettled?.(rows, moves);
      return withChanges(rows, {
        passes: aggregate.passes(rows, rows.inside),
        bounds: [settled === undefined ? moved : `case when not ${settled} then ${moved} end`],
      });
    },
  };
}
