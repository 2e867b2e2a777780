import type { Measured } from '../conditions/measured.ts';
import { DEFAULT_MEASURE } from '../measures/index.ts';
import { DEFAULT_PERIOD, periodRange } from '../periods/index.ts';
import type { Operands } from '../predicates/operands.ts';
import { aggregateSql } from './aggregate-sql.ts';
import type { Sql, SqlFacts, SqlSources } from './sql.ts';

/** Where one row stands for all of a contact's facts, at the first or the last; if it is kept. */
export type KeptIn = (sources: SqlSources, at: 'first' | 'last') => SqlFacts | undefined;

/** Facts of shorter periods are read from the index of times: they are fewer than contacts. */
const LONG_MS = 60 * 86_400_000;

/**
 * The rows that stand for all facts of each contact, where the first, the last and the number of
 * them answer a condition over a long or unlimited period.
 */
export function keptFacts(
  condition: Measured,
  { sql, operands, keptIn }: { sql: Sql; operands: Operands; keptIn: KeptIn | undefined },
): SqlFacts | undefined {
  if (!keptIn || condition.where) return undefined;
  const at = enough(condition, sql, operands);
  return at && keptIn(sql.sources, at);
}

function enough(
  { measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD }: Measured,
  sql: Sql,
  operands: Operands,
): 'first' | 'last' | undefined {
  if (measure.kind === 'first') return 'first';
  const { from, to } = periodRange(period, 'UTC', sql.now);
  if (sql.now - from < LONG_MS) return undefined;
  if (measure.kind === 'last') return 'last';
  if (measure.kind !== 'count') return undefined;
  if (from === -Infinity && to === Infinity) return 'last';
  // Whether there is any: with one end open the fact nearest to it tells.
  if (!aggregateSql(sql, measure, operands).betweenNoneAndSome) return undefined;
  if (to === Infinity) return 'last';
  return from === -Infinity ? 'first' : undefined;
}
