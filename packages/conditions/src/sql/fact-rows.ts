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
  /** Each contact has one row, which stands for so many facts. */
  readonly standsFor?: string | undefined;
  /**
   * The fact is not before the period, and not behind its end; absent where that is open, and where
   * `ends` tell.
   */
  readonly isFrom?: string | undefined;
  readonly isBefore?: string | undefined;
  /** The ends of the period, if they are the same for all contacts and all rows match. */
  readonly ends?: { readonly from: string | undefined; readonly to: string | undefined };
  /** The fact lies in the period and matches. Absent: all of them do. */
  readonly inside?: string | undefined;
  /** The fact matches and lies ahead of the period. */
  readonly ahead?: string | undefined;
  /** The fact matches and lies before the period. */
  readonly behind?: string | undefined;
  /** The fact matches, wherever it lies. Absent: all of them do. */
  readonly matches?: string | undefined;
  /** Which unit of the period it lies in, if that is asked for. */
  readonly unit?: string | undefined;
  /** When time alone may change whether the fact matches. */
  readonly shiftsAt?: string | undefined;
  /** When a calendar period moves next. */
  readonly movesAt?: string | undefined;
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
  /** So many of each contact decide, the newest or the oldest that match and lie within. */
  readonly nearest?: Nearest | undefined;
}

/** So many from one end. */
export interface Nearest {
  readonly n: number;
  readonly from: 'newest' | 'oldest';
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
    const ends =
      period.zone === 'contact'
        ? {
            isFrom: joined(edges.from.map((edge) => `${facts.at} >= ${edge}`)),
            isBefore: joined(edges.to.map((edge) => `${facts.at} < ${edge}`)),
          }
        : { ends: endsOf(edges) };
    return {
      from: value.from,
      where: conditions,
      nearest: options.nearest,
      finish: (relation, perContact) =>
        perContact === undefined
          ? {
              relation,
              contactId: facts.contactId,
              at: facts.at,
              value: value.expression,
              countedOnce: facts.countedOnce,
              standsFor: facts.standsFor,
              ...ends,
              ...(units ? { unit: unitSql(sql, period, facts.at) } : {}),
            }
          : {
              relation: `${perContact}(select ${facts.contactId} as contact_id, ${facts.at} as at
 from ${relation}) as fact`,
              contactId: 'fact.contact_id',
              at: 'fact.at',
              value: undefined,
              countedOnce: undefined,
              ...ends,
            },
    };
  });
}

function joined(conditions: readonly string[]): string | undefined {
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

/**
 * All facts that matter now or may as time goes by, with what time will do to them. `flagged` tells
 * of each fact where it lies; without it all of them lie in the period.
 */
export function movingRows(options: FactRowsOptions & { flagged: boolean }): FactRows {
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
    // What does not match matters only if time may make it match.
    const matching = shiftsAt === undefined ? [] : matches;
    const flagged = options.flagged || shiftsAt !== undefined;
    const isFrom = flagged || within.from ? edges.from.map((edge) => `${facts.at} >= ${edge}`) : [];
    const isBefore = flagged || within.to ? edges.to.map((edge) => `${facts.at} < ${edge}`) : [];
    const motion = motionOf(period);
    const columns = {
      contact_id: facts.contactId,
      at: facts.at,
      value: value.expression,
      counted_once: facts.countedOnce,
      stands_for: facts.standsFor,
      inside: flagged ? allOf([...isFrom, ...isBefore, ...matching]) : undefined,
      ahead: flagged ? allOf([noneOf(isBefore), ...matching]) : undefined,
      behind: flagged ? allOf([noneOf(isFrom), ...matching]) : undefined,
      unit: units ? unitSql(sql, period, facts.at) : undefined,
      matches: shiftsAt === undefined ? undefined : allOf(matching),
      shifts_at: shiftsAt,
      moves_at: motion.kind === 'calendar' ? nextUnitSql(sql, motion.unit, period.zone) : undefined,
    };
    const conditions = [
      facts.where,
      ...amongSql(sql, facts),
      ...(within.from ? isFrom : []),
      ...(within.to ? isBefore : []),
      ...(shiftsAt === undefined ? matches : []),
    ];
    const selected = Object.entries(columns).filter(([, expression]) => expression !== undefined);
    const named = (name: keyof typeof columns): string | undefined =>
      columns[name] === undefined ? undefined : `fact.${name}`;
    return {
      from: value.from,
      where: conditions,
      // Of what does not match now the nearest would keep away what does.
      nearest: shiftsAt === undefined ? options.nearest : undefined,
      finish: (relation, perContact = '') => ({
        relation: `${perContact}(select ${selected.map(([name, text]) => `${text} as ${name}`).join(', ')}
 from ${relation}) as fact`,
        contactId: 'fact.contact_id',
        at: 'fact.at',
        value: named('value'),
        countedOnce: named('counted_once'),
        standsFor: named('stands_for'),
        inside: named('inside'),
        ahead: named('ahead'),
        behind: named('behind'),
        unit: named('unit'),
        matches: named('matches'),
        shiftsAt: named('shifts_at'),
        movesAt: named('moves_at'),
        ...(period.zone === 'contact' || shiftsAt !== undefined ? {} : { ends: endsOf(edges) }),
      }),
    };
  });
}

function endsOf(edges: Edges): NonNullable<FactRows['ends']> {
  return {
    get from() {
      return edges.from[0];
    },
    get to() {
      return edges.to[0];
    },
  };
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : `coalesce(${conditions.join(' and ')}, false)`;
}

function noneOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `not (${conditions.join(' and ')})`;
}

/** A call of an aggregate over the rows that have all of the flags. */
export function filtered(call: string, ...flags: (string | undefined)[]): string {
  const wanted = flags.filter((flag) => flag !== undefined);
  return wanted.length === 0 ? call : `${call} filter (where ${wanted.join(' and ')})`;
}

/** The least or greatest of an expression over the rows that have all of the flags. */
export function extremeOf(
  { standsFor }: FactRows,
  { which, of }: { which: 'min' | 'max'; of: string },
  ...flags: (string | undefined)[]
): string {
  return standsFor === undefined
    ? filtered(`${which}(${of})`, ...flags)
    : flagged(of, flags, 'null');
}

/** What one row says if it has all of the flags. */
export function flagged(of: string, flags: readonly (string | undefined)[], other: string): string {
  const wanted = flags.filter((flag) => flag !== undefined);
  return wanted.length === 0
    ? of
    : `case when ${wanted.join(' and ')} then ${of} else ${other} end`;
}

interface Unfinished {
  /** What is joined to the facts. */
  readonly from: string | undefined;
  readonly where: readonly string[];
  readonly nearest: Nearest | undefined;
  /** `perContact` stands before a query that is made for each contact by itself. */
  readonly finish: (relation: string, perContact?: string) => FactRows;
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
  const { from, where, nearest, finish } = write({ ...sql, sources });
  const items = [
    facts.from,
    ...(used ? [`join contacts on contacts.id = ${facts.contactId}`] : []),
    ...(from === undefined ? [] : [`cross join lateral ${from}`]),
  ];
  const relation = `${items.join('\n ')}\n where ${where.join('\n and ')}`;
  if (!nearest || used || sql.among === undefined) return finish(relation);
  // The index leads from one end of a contact's facts to the other, and the rest is not read.
  return finish(
    `${relation}
 and ${facts.contactId} = one.id
 order by ${facts.at} ${nearest.from === 'newest' ? 'desc' : 'asc'}
 limit ${nearest.n}`,
    `(select distinct unnest(${sql.among}) as id) as one cross join lateral `,
  );
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

interface Edges {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The ends of the period, none where it is open; with a common one for all contacts if need be. */
function edgesOf(sql: Sql, period: Period): Edges {
  const zone = periodDefinition(period).zoned ? period.zone : 'UTC';
  const edge = (end: 'from' | 'to', choose: (...instants: number[]) => number): string[] => {
    const at = (own: string): number => periodRange(period, own, sql.now)[end];
    if (!Number.isFinite(at('UTC'))) return [];
    const own = textPerZone(sql, [zone], 'timestamptz', ([name]) =>
      instantBound(at(name as string)),
    );
    if (zone !== 'contact') return [own];
    // So that an index and the partitions of a table serve.
    const common = choose(...[sql.workspaceZone, ...sql.zones()].map(at));
    return [own, sql.put(instantBound(common), 'timestamptz')];
  };
  // Written when asked for: a parameter that no text names has no type.
  const known: { from?: string[]; to?: string[] } = {};
  return {
    get from() {
      return (known.from ??= edge('from', Math.min));
    },
    get to() {
      return (known.to ??= edge('to', Math.max));
    },
  };
}
