import { NEVER } from './changes.ts';
import { type FactsAsked, filtered, matchingRows, movingRows } from './fact-rows.ts';
import { type MeasureSql, members, withChanges } from './grouped.ts';
import { entersAt, leavesAt, movesOf } from './period-changes.ts';

/** Whether the first, or the last, of all facts lies in the period. */
export function measureExtreme(asked: FactsAsked, kind: 'first' | 'last'): MeasureSql {
  return kind === 'first' ? measureFirst(asked) : measureLast(asked);
}

function measureFirst(asked: FactsAsked): MeasureSql {
  const { sql, period } = asked;
  return {
    members() {
      // What lies behind the period is not asked: it is not the first if there is one in it.
      const rows = matchingRows({ ...asked, within: { from: false, to: true } });
      return members(rows, allOf(rows.isFrom), false);
    },
    changes() {
      const rows = movingRows({ ...asked, within: { from: false, to: false } });
      const isBefore = `${filtered('count(*)', rows.behind)} > 0`;
      const isInside = `${filtered('count(*)', rows.inside)} > 0`;
      const { leaving, entering } = movesOf(period);
      const leaves = leaving ? leavesAt(sql, period, rows, 'min') : [];
      const enters = entering ? entersAt(sql, period, rows, 'min') : [];
      return withChanges(rows, {
        passes: `not ${isBefore} and ${isInside}`,
        bounds: [
          `case when ${isBefore} then null when ${isInside} then ${leaves[0] ?? NEVER} else ${enters[0] ?? NEVER} end`,
        ],
      });
    },
  };
}

function measureLast(asked: FactsAsked): MeasureSql {
  const { sql, period } = asked;
  return {
    members() {
      // What lies before the period is not asked: it is not the last if there is one in it.
      const rows = matchingRows({ ...asked, within: { from: true, to: false } });
      return members(rows, allOf(rows.isBefore), false);
    },
    changes() {
      const rows = movingRows({ ...asked, within: { from: true, to: false } });
      const isAhead = `${filtered('count(*)', rows.ahead)} > 0`;
      const isInside = `${filtered('count(*)', rows.inside)} > 0`;
      const { leaving, entering } = movesOf(period);
      const leaves = leaving ? leavesAt(sql, period, rows, 'max') : [];
      const enters = entering ? entersAt(sql, period, rows, 'max') : [];
      return withChanges(rows, {
        passes: `not ${isAhead} and ${isInside}`,
        bounds: [`case when ${isAhead} then ${enters[0] ?? NEVER} else ${leaves[0] ?? NEVER} end`],
      });
    },
  };
}

function allOf(condition: string | undefined): string {
  return condition === undefined ? 'true' : `bool_and(${condition})`;
}
