import type { Aggregate } from '../measures/aggregates.ts';
import { AT_LEAST_ONCE } from '../measures/streak.ts';
import { aggregateSql } from './aggregate-sql.ts';
import { NEVER } from './changes.ts';
import { type FactRows, type FactsAsked, matchingRows, movingRows } from './fact-rows.ts';
import type { MeasureSql } from './grouped.ts';
import { previousPeriod } from './streak-units.ts';

/** Whether each of the previous units satisfies a measure: grouped by unit, then by contact. */
export function measureStreak(asked: FactsAsked, each: Aggregate = AT_LEAST_ONCE): MeasureSql {
  const { sql, operands, period } = asked;
  const { n } = previousPeriod(period);
  const aggregate = aggregateSql(sql, each, operands);
  const { value, passesOnNothing } = aggregate;
  return {
    members() {
      const rows = matchingRows({ ...asked, value, units: true, within: { from: true, to: true } });
      if (aggregate.betweenNoneAndSome && !passesOnNothing) {
        // A unit that has facts holds.
        return `
 select contact_id
 from (${byUnit(rows)}) unit
 group by contact_id
 having count(*) = ${n}`;
      }
      const holds = `coalesce(${aggregate.passes(rows)}, false) as holds`;
      return `
 select contact_id
 from (${byUnit(rows, holds)}) unit
 group by contact_id
 having ${passesOnNothing ? 'not bool_and(holds)' : `bool_and(holds) and count(*) = ${n}`}`;
    },
    changes() {
      const within = { from: true, to: false };
      const rows = movingRows({ ...asked, value, units: true, within, flagged: false });
      const columns = [
        `coalesce(${aggregate.passes(rows, rows.matches)}, false) as holds`,
        `min(${rows.movesAt ?? NEVER}) as moves_at`,
        `min(${rows.shiftsAt ?? NEVER}) as shifts_at`,
      ];
      // The last of the units is the one in progress.
      const holding = (from: number, to: number): string =>
        `count(*) filter (where holds and unit between ${from} and ${to})`;
      const failing = (from: number, to: number): string =>
        `count(*) filter (where not holds and unit between ${from} and ${to})`;
      const passes = passesOnNothing ? `${failing(1, n)} = 0` : `${holding(1, n)} = ${n}`;
      // Units without facts come after it: none holds, or all do.
      const mayChange = passesOnNothing
        ? `${failing(1, n + 1)} > 0`
        : `(${passes} or ${holding(2, n + 1)} = ${n})`;
      return `
 select contact_id, ${passes} as passes,
        least(case when ${mayChange} then min(moves_at) end, min(shifts_at)) as changes_at
 from (${byUnit(rows, ...columns)}) unit
 group by contact_id`;
    },
  };
}

function byUnit({ relation, contactId, unit }: FactRows, ...columns: string[]): string {
  return `
   select ${[`${contactId} as contact_id`, `${unit} as unit`, ...columns].join(', ')}
   from ${relation}
   group by ${contactId}, ${unit}`;
}
