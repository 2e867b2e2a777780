import { type Aggregate, aggregateDefinition } from '../measures/aggregates.ts';
import type { Measure } from '../measures/index.ts';
import { AT_LEAST_ONCE } from '../measures/streak.ts';
import type { Operands } from '../predicates/operands.ts';
import { type FactRows, type MeasuredValue, filtered, flagged } from './fact-rows.ts';
import type { Sql } from './sql.ts';
import { type SqlThreshold, isSettled, passesThreshold, putThreshold } from './thresholds.ts';

/** An aggregate of facts and its threshold as SQL, over a group of rows. */
export interface AggregateSql {
  readonly value: MeasuredValue | undefined;
  /** Whether no facts at all pass. */
  readonly passesOnNothing: boolean;
  /** Whether the rows that have all of the flags pass; null counts as false. */
  passes(rows: FactRows, ...flags: (string | undefined)[]): string;
  /** Whether the answer stays as it is, whichever facts leave or enter; undefined: not known. */
  isSettled?(rows: FactRows, moves: { leaving: boolean; entering: boolean }): string;
  /** Whether only the last fact to leave, or the first to enter, changes the answer. */
  readonly betweenNoneAndSome: boolean;
}

/** The answer of a measure for contacts without facts. */
export function passesWithoutFacts(measure: Measure, operands: Operands): boolean {
  if (measure.kind === 'first' || measure.kind === 'last') return false;
  const aggregate = measure.kind === 'streak' ? (measure.each ?? AT_LEAST_ONCE) : measure;
  const settings = { operands, countedBy: undefined };
  return aggregateDefinition(aggregate).compile(aggregate, settings).of([]).result;
}

/** Reads an aggregate. Of an event that lacks a limit everything is false, whatever stands here. */
export function aggregateSql(sql: Sql, measure: Aggregate, operands: Operands): AggregateSql {
  const { kind } = measure;
  const passesOnNothing = passesWithoutFacts(measure, operands);
  const isCount = kind === 'count' || kind === 'distinct';
  const threshold = putThreshold(sql, measure, operands, { whole: isCount });
  const value: MeasuredValue | undefined =
    kind === 'count'
      ? undefined
      : { param: measure.param, as: kind === 'distinct' ? 'text' : 'number' };
  const common = { value, passesOnNothing };
  if (!threshold) return { ...common, passes: () => 'false', betweenNoneAndSome: false };
  if (isCount) return { ...common, ...countSql(threshold) };
  return {
    ...common,
    betweenNoneAndSome: false,
    passes: (rows, ...flags) => {
      const numbers = (call: string): string => filtered(`${call}(${rows.value})`, ...flags);
      if (kind !== 'average') return passesThreshold(threshold, numbers(kind));
      return passesThreshold(threshold, numbers('sum'), numbers('count'));
    },
  };
}

function countSql(threshold: SqlThreshold): Omit<AggregateSql, 'value' | 'passesOnNothing'> {
  return {
    betweenNoneAndSome: threshold.betweenNoneAndSome,
    passes: (rows, ...flags) => passesThreshold(threshold, countOf(rows, ...flags)),
    isSettled: (rows, { leaving, entering }) => {
      const now = countOf(rows, rows.inside);
      const most = entering ? `(${now} + ${countOf(rows, rows.ahead)})` : now;
      return isSettled(threshold, leaving ? '0' : now, most);
    },
  };
}

/** How many facts, or different values of them, have all of the flags. */
function countOf(rows: FactRows, ...flags: (string | undefined)[]): string {
  if (rows.standsFor !== undefined) return flagged(rows.standsFor, flags, '0');
  const different = rows.value ?? rows.countedOnce;
  return filtered(different === undefined ? 'count(*)' : `count(distinct ${different})`, ...flags);
}
