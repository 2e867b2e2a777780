import type { MessageAction, RunState } from '../facts.ts';
import type { FieldCatalogue } from '../fields.ts';
import type { Path, PathStep } from '../paths/path.ts';
import type { Operands } from '../predicates/operands.ts';
import type { Changes } from './changes.ts';
import type { Joins } from './joins.ts';

/**
 * A value in SQL. Expressions are null for no value, and hold values as fields store them: texts
 * that are not empty, days as `YYYY-MM-DD`, instants in UTC with milliseconds. A value of a
 * parameter (`json`) may be anything, no value of the language included.
 */
export type SqlSubject =
  | { readonly type: 'text'; readonly expression: string }
  | { readonly type: 'number'; readonly expression: string }
  | { readonly type: 'boolean'; readonly expression: string }
  | {
      readonly type: 'moment';
      readonly expression: string;
      /** Text of a day, text of an instant, or a timestamptz. */
      readonly form: 'day' | 'iso' | 'instant';
    }
  /** A jsonb array of texts. */
  | { readonly type: 'list'; readonly expression: string }
  /** A jsonb value of any kind; an expression to be written as often as needed. */
  | { readonly type: 'json'; readonly expression: string };

/** Facts of contacts as a relation: what is measured. Expressions are over its rows. */
export interface SqlFacts {
  /** A `from` item; its names are known inside of it alone. */
  readonly from: string;
  /** What makes a row one of the facts that are meant. */
  readonly where: string;
  readonly contactId: string;
  /** When it happened: a timestamptz. */
  readonly at: string;
  /** Rows that agree on this are counted once. Absent: each row counts. */
  readonly countedOnce?: string;
  /** There is one row a contact, which stands for so many facts: a bigint from 1. */
  readonly standsFor?: string;
  /** Where a path begins, as jsonb, and the steps that are left to go from there. */
  begin(path: Path): { readonly expression: string; readonly steps: readonly PathStep[] };
}

/** The condition on a channel as SQL is made for it. */
export interface ChannelQuestion {
  readonly channel: string;
  readonly state: string;
  readonly app?: string | undefined;
}

/** Where the values lie; whoever knows the tables gives it. Answers are boolean expressions. */
export interface SqlSources {
  field(name: string): SqlSubject;
  /** The contact's own zone, null if it has none. */
  readonly contactZone: string;
  segment?(id: string): string;
  channel?(question: ChannelQuestion): string;
  /** When time alone changes the answer to it: a timestamptz after now, null for never. */
  channelChanges?(question: ChannelQuestion): string;
  category?(key: string): string;
  /** Events of a type, by its key. */
  events?(type: string): SqlFacts;
  /** One row for all events of a type that a contact ever did, at the first or the last, if kept. */
  keptEvents?(type: string, at: 'first' | 'last'): SqlFacts | undefined;
  orders?(): SqlFacts;
  /** What became of messages; what machines did only if that is asked for. */
  messages?(action: MessageAction, machine: boolean): SqlFacts;
  /** Devices; their time is not asked for. */
  devices?(): SqlFacts;
  /** Runs of a workflow that are or were so; at the time they began to be. */
  runs?(workflow: string, state: RunState): SqlFacts;
}

/** What SQL is written with. The instant and what is the workspace's are fixed when it is written. */
export interface Sql {
  /** Adds a parameter and gives its name with its type, such as `$3::text[]`. */
  put(value: unknown, type: string): string;
  readonly now: number;
  readonly workspaceZone: string;
  /** ISO 4217: what amounts are in unless a condition says another; absent: all are added. */
  readonly workspaceCurrency?: string | undefined;
  /** All zones that contacts may have. */
  readonly zones: () => readonly string[];
  readonly sources: SqlSources;
  /** An array of the IDs of the contacts that are asked about; absent: all are. */
  readonly among?: string | undefined;
}

/** What a condition needs to become SQL. */
export interface SqlContext {
  readonly sql: Sql;
  readonly fields: FieldCatalogue;
  readonly operands: Operands;
  /** Relations that are joined to the contacts; absent where nothing can be. */
  readonly joins?: Joins | undefined;
  /** Collects when time alone may change the answer; absent when nobody asks. */
  readonly changes?: Changes | undefined;
}

/** A condition that is right and yet cannot be asked of all contacts at once; says why. */
export class NotInSql extends Error {
  override readonly name = 'NotInSql';
}

/** The expression of a subject that must be of this type. */
export function subjectOf<Type extends SqlSubject['type']>(
  subject: SqlSubject,
  type: Type,
): Extract<SqlSubject, { type: Type }> {
  if (subject.type !== type) throw new Error(`${subject.type} where ${type} was expected`);
  return subject as Extract<SqlSubject, { type: Type }>;
}
