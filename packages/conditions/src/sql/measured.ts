import { enoughMatching } from '../conditions/enough.ts';
import type { Measured } from '../conditions/measured.ts';
import { DEFAULT_MEASURE, type Measure } from '../measures/index.ts';
import { DEFAULT_PERIOD } from '../periods/index.ts';
import { leavesOf } from '../tree.ts';
import type { WhereSubjects } from '../where/where.ts';
import type { FactsAsked, Nearest } from './fact-rows.ts';
import type { MeasureSql } from './grouped.ts';
import { passesWithoutFacts } from './aggregate-sql.ts';
import { type KeptIn, keptFacts } from './kept-facts.ts';
import { measureExtreme } from './measure-extreme.ts';
import { measureInPeriod } from './measure-in-period.ts';
import { measureStreak } from './measure-streak.ts';
import { isMovedByTime } from './moment-changes.ts';
import { movesOf } from './period-changes.ts';
import { NotInSql, type SqlContext, type SqlFacts, type SqlSources } from './sql.ts';

interface MeasuredFacts {
  /** Equal conditions have equal keys, and share a relation. */
  readonly key: string;
  readonly condition: Measured;
  /** Where the facts lie; undefined where nobody knows. */
  readonly factsIn: (sources: SqlSources) => SqlFacts | undefined;
  /** Where one row stands for all of a contact's facts, at the first or the last. */
  readonly keptIn?: KeptIn | undefined;
  readonly subjects?: WhereSubjects;
}

/**
 * A measure of each contact's facts, taken of all contacts at once: a relation grouped by contact
 * is joined. It holds those that pass or, where a contact without facts passes, those that do not;
 * with changes, all whose facts matter now or will.
 */
export function measuredSql(
  { key, condition, factsIn, keptIn, subjects }: MeasuredFacts,
  { sql, operands, joins, changes }: SqlContext,
): string {
  const { measure = DEFAULT_MEASURE, period = DEFAULT_PERIOD, where } = condition;
  const passesOnNothing = passesWithoutFacts(measure, operands);
  const write = (): MeasureSql => {
    const facts = keptFacts(condition, { sql, operands, keptIn }) ?? factsIn(sql.sources);
    if (!facts) throw new NotInSql(CANNOT);
    const isEach = facts.countedOnce === undefined && facts.standsFor === undefined;
    const nearest = isEach ? nearestOf(condition) : undefined;
    return writeMeasure(
      { sql, operands, facts, where, subjects, period, value: undefined, nearest },
      measure,
    );
  };
  if (!joins) throw new NotInSql(CANNOT);
  const { entering, leaving } = movesOf(period);
  const moves = entering || leaving || (where && [...leavesOf(where)].some(isMovedByTime));
  if (!changes || !moves) {
    const alias = joins.add(key, () => write().members());
    return `${alias}.contact_id is ${passesOnNothing ? '' : 'not '}null`;
  }
  const alias = joins.add(key, () => write().changes());
  changes.add(`${alias}.changes_at`);
  return `coalesce(${alias}.passes, ${String(passesOnNothing)})`;
}

/** Which few of the facts of a contact decide, if any do. */
function nearestOf(condition: Measured): Nearest | undefined {
  const { newest, oldest } = enoughMatching(condition);
  if (oldest === 0 && Number.isFinite(newest)) return { n: newest, from: 'newest' };
  if (newest === 0 && Number.isFinite(oldest)) return { n: oldest, from: 'oldest' };
  return undefined;
}

const CANNOT = 'What happened to contacts cannot be asked here.';

function writeMeasure(asked: FactsAsked, measure: Measure): MeasureSql {
  if (measure.kind === 'first' || measure.kind === 'last') {
    return measureExtreme(asked, measure.kind);
  }
  if (measure.kind === 'streak') return measureStreak(asked, measure.each);
  return measureInPeriod(asked, measure);
}
