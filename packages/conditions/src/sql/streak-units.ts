import type { Period } from '../periods/index.ts';
import { startOfUnit } from '../time/units.ts';
import { dayOfInstant, startOfDay } from '../time/zones.ts';
import { instantBound, textPerZone } from './moments.ts';
import type { Sql } from './sql.ts';

/** The unit that a fact lies in, from 1 for the earliest to n; n + 1 is the one in progress. */
export function unitSql(sql: Sql, period: Period, at: string): string {
  const { n, unit, zone } = previousPeriod(period);
  const starts = textPerZone(sql, [zone], 'timestamptz[]', ([own]) => {
    const today = dayOfInstant(sql.now, own as string);
    const instants = Array.from({ length: n + 1 }, (_, k) =>
      instantBound(startOfDay(startOfUnit(unit, today, k - n), own as string)),
    );
    return `{${instants.join()}}`;
  });
  return `width_bucket(${at}, ${starts})`;
}

/** The period of a streak that was checked. */
export function previousPeriod(period: Period): Extract<Period, { kind: 'previous' }> {
  if (period.kind === 'previous') return period;
  throw new Error(`a streak over a period of kind "${period.kind}" was not checked`);
}
