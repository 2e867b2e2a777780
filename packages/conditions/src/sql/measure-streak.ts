import type { Aggregate } from '../measures/aggregates.ts';
import { AT_LEAST_ONCE } from '../measures/streak.ts';
import { aggregateSql } from './aggregate-sql.ts';
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
      const holds = passesOnNothing ? 'not bool_and(holds)' : `bool_and(holds) and count(*) = ${n}`;
      return `
 select contact_id
 from (${byUnit(rows, aggregate.passes(rows))}) unit
 group by contact_id
 having ${holds}`;
    },
    changes() {
      const rows = movingRows({ ...asked, value, units: true, within: { from: true, to: false } });
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
 from (${byUnit(rows, aggregate.passes(rows, rows.matches))}) unit
 group by contact_id`;
    },
  };
}

function byUnit(rows: FactRows, holds: string): string {
  return `
   select ${rows.contactId} as contact_id, ${rows.unit} as unit, coalesce(${holds}, false) as holds,
          min(${rows.movesAt ?? 'null::timestamptz'}) as moves_at, min(${rows.shiftsAt ?? 'null::timestamptz'}) as shifts_at
   from ${rows.relation}
   group by ${rows.contactId}, ${rows.unit}`;
}
