import { pathOf } from '../paths/parse-path.ts';
import { type Period, periodDefinition, periodRange } from '../periods/index.ts';
import type { Operands } from '../predicates/operands.ts';
import type { Where, WhereSubjects } from '../where/where.ts';
import { createChanges, earliest } from './changes.ts';
import { reach } from './json-path.ts';
import { jsonNumber, jsonText } from './json-values.ts';
import { instantBound, textPerZone } from './moments.ts';
import { motionOf, nextUnitSql } from './moment-changes.ts';
import type { Sql, SqlFacts } from './sql.ts';
import { unitSql } from './streak-units.ts';
import { whereSql } from './where-sql.ts';

/** The parameter that is measured: all its numbers, or the texts of all its scalars. */
export interface MeasuredValue {
  readonly param: string;
  readonly as: 'number' | 'text';
}

/** Facts that are measured, as a relation to be grouped by contact. Flags are for `filtered`. */
export interface FactRows {
  /** What stands behind `from`, with its `where`. */
  readonly relation: string;
  readonly contactId: string;
  readonly at: string;
  readonly value: string | undefined;
  readonly countedOnce: string | undefined;
  /** The fact is not before the period, and not behind its end; absent where that is open. */
  readonly isFrom?: string | undefined;
  readonly isBefore?: string | undefined;
  /** The fact lies in the period and matches. Absent: all of them do. */
  readonly inside?: string;
  /** The fact matches and lies ahead of the period. */
  readonly ahead?: string;
  /** The fact matches and lies before the period. */
  readonly behind?: string;
  /** The fact matches, wherever it lies. Absent: all of them do. */
  readonly matches?: string;
  /** Which unit of the period it lies in, if that is asked for. */
  readonly unit?: string;
  /** When time alone may change whether the fact matches. */
  readonly shiftsAt?: string;
  /** When a calendar period moves next. */
  readonly movesAt?: string;
}

/** Which facts are asked about. */
export interface FactsAsked {
  readonly sql: Sql;
  readonly operands: Operands;
  readonly facts: SqlFacts;
  readonly where: Where | undefined;
  readonly subjects: WhereSubjects | undefined;
  readonly period: Period;
  /** What is measured of them, other than their number. */
  readonly value: MeasuredValue | undefined;
}

interface FactRowsOptions extends FactsAsked {
  /** Ends of the period beyond which facts do not matter. */
  readonly within: { readonly from: boolean; readonly to: boolean };
  /** Whether the units of the period are asked for. */
  readonly units?: boolean;
}

/** The facts that match and lie within, and nothing about time. */
export function matchingRows(options: FactRowsOptions): FactRows {
  return inContactsZone(options.sql, options.facts, (sql) => {
    const { operands, facts, where, subjects, period, units, within } = options;
    const value = valueOf(sql, options);
    const edges = edgesOf(sql, period);
    const conditions = [
      facts.where,
      ...amongSql(sql, facts),
      ...(within.from ? edges.from.map((edge) => `${facts.at} >= ${edge}`) : []),
      ...(within.to ? edges.to.map((edge) => `${facts.at} < ${edge}`) : []),
      ...(where ? [whereSql(where, { sql, operands, facts, subjects })] : []),
      ...(value.expression ? [`${value.expression} is not null`] : []),
    ];
    return {
      from: value.from,
      where: conditions,
      finish: (relation) => ({
        relation,
        contactId: facts.contactId,
        at: facts.at,
        value: value.expression,
        countedOnce: facts.countedOnce,
        isFrom: joined(edges.from.map((edge) => `${facts.at} >= ${edge}`)),
        isBefore: joined(edges.to.map((edge) => `${facts.at} < ${edge}`)),
        ...(units ? { unit: unitSql(sql, period, facts.at) } : {}),
      }),
    };
  });
}

function joined(conditions: readonly string[]): string | undefined {
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

/** All facts that matter now or may as time goes by, with what time will do to them. */
export function movingRows(options: FactRowsOptions): FactRows {
  return inContactsZone(options.sql, options.facts, (sql) => {
    const { operands, facts, where, subjects, period, units, within } = options;
    const value = valueOf(sql, options);
    const edges = edgesOf(sql, period);
    const shifts = createChanges();
    const matches = [
      ...(where ? [whereSql(where, { sql, operands, facts, subjects, changes: shifts })] : []),
      ...(value.expression ? [`${value.expression} is not null`] : []),
    ];
    const shiftsAt = shifts.expressions.length > 0 ? earliest(shifts.expressions) : undefined;
    const isFrom = edges.from.map((edge) => `${facts.at} >= ${edge}`);
    const isBefore = edges.to.map((edge) => `${facts.at} < ${edge}`);
    const flag = (conditions: readonly string[]): string =>
      conditions.length === 0 ? 'true' : `coalesce(${conditions.join(' and ')}, false)`;
    // What does not match matters only if time may make it match.
    const matching = shiftsAt === undefined ? [] : matches;
    const not = (conditions: readonly string[]): string =>
      conditions.length === 0 ? 'false' : `not (${conditions.join(' and ')})`;
    const motion = motionOf(period);
    const columns = [
      `${facts.contactId} as contact_id`,
      `${facts.at} as at`,
      `${value.expression ?? 'null'} as value`,
      `${facts.countedOnce ?? 'null'} as counted_once`,
      `${flag([...isFrom, ...isBefore, ...matching])} as inside`,
      `${flag([not(isBefore), ...matching])} as ahead`,
      `${flag([not(isFrom), ...matching])} as behind`,
      ...(units ? [`${unitSql(sql, period, facts.at)} as unit`] : []),
      ...(shiftsAt === undefined
        ? []
        : [`${flag(matching)} as matches`, `${shiftsAt} as shifts_at`]),
      ...(motion.kind === 'calendar'
        ? [`${nextUnitSql(sql, motion.unit, period.zone)} as moves_at`]
        : []),
    ];
    const conditions = [
      facts.where,
      ...amongSql(sql, facts),
      ...(within.from ? isFrom : []),
      ...(shiftsAt === undefined ? matches : []),
    ];
    return {
      from: value.from,
      where: conditions,
      finish: (relation) => ({
        relation: `(select ${columns.join(', ')}\n from ${relation}) as fact`,
        contactId: 'fact.contact_id',
        at: 'fact.at',
        value: value.expression && 'fact.value',
        countedOnce: facts.countedOnce && 'fact.counted_once',
        inside: 'fact.inside',
        ahead: 'fact.ahead',
        behind: 'fact.behind',
        ...(units ? { unit: 'fact.unit' } : {}),
        ...(shiftsAt === undefined ? {} : { matches: 'fact.matches', shiftsAt: 'fact.shifts_at' }),
        ...(motion.kind === 'calendar' ? { movesAt: 'fact.moves_at' } : {}),
      }),
    };
  });
}

/** A call of an aggregate over the rows that have all of the flags. */
export function filtered(call: string, ...flags: (string | undefined)[]): string {
  const wanted = flags.filter((flag) => flag !== undefined);
  return wanted.length === 0 ? call : `${call} filter (where ${wanted.join(' and ')})`;
}

interface Unfinished {
  /** What is joined to the facts. */
  readonly from: string | undefined;
  readonly where: readonly string[];
  readonly finish: (relation: string) => FactRows;
}

/** Joins the contacts to their facts where something depends on a contact's own zone. */
function inContactsZone(sql: Sql, facts: SqlFacts, write: (sql: Sql) => Unfinished): FactRows {
  let used = false;
  const sources = Object.create(sql.sources, {
    contactZone: {
      get: () => {
        used = true;
        return sql.sources.contactZone;
      },
    },
  }) as Sql['sources'];
  const { from, where, finish } = write({ ...sql, sources });
  const items = [
    facts.from,
    ...(used ? [`join contacts on contacts.id = ${facts.contactId}`] : []),
    ...(from === undefined ? [] : [`cross join lateral ${from}`]),
  ];
  return finish(`${items.join('\n ')}\n where ${where.join('\n and ')}`);
}

function amongSql({ among }: Sql, { contactId }: SqlFacts): string[] {
  return among === undefined ? [] : [`${contactId} = any(${among})`];
}

function valueOf(
  sql: Sql,
  { facts, value }: Pick<FactRowsOptions, 'facts' | 'value'>,
): { expression: string | undefined; from: string | undefined } {
  if (!value) return { expression: undefined, from: undefined };
  const { expression, from } = reach(sql, facts, pathOf(value.param));
  const read = value.as === 'number' ? jsonNumber : jsonText;
  return { expression: read(expression), from };
}

/** The ends of the period, none where it is open; with a common one for all contacts if need be. */
function edgesOf(sql: Sql, period: Period): { from: string[]; to: string[] } {
  const zone = periodDefinition(period).zoned ? period.zone : 'UTC';
  const edge = (end: 'from' | 'to', choose: (...instants: number[]) => number): string[] => {
    const at = (own: string): number => periodRange(period, own, sql.now)[end];
    if (!Number.isFinite(at('UTC'))) return [];
    const own = textPerZone(sql, [zone], 'timestamptz', ([name]) =>
      instantBound(at(name as string)),
    );
    if (zone !== 'contact') return [own];
    // So that an index and the partitions of a table serve.
    const common = choose(...[sql.workspaceZone, ...sql.zones].map(at));
    return [own, sql.put(instantBound(common), 'timestamptz')];
  };
  return { from: edge('from', Math.min), to: edge('to', Math.max) };
}
