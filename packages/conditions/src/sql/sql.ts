import type { FieldCatalogue } from '../fields.ts';
import type { Operands } from '../predicates/operands.ts';

/**
 * A value of a contact in SQL. Expressions are null for no value, and hold values as fields store
 * them: texts that are not empty, days as `YYYY-MM-DD`, instants in UTC with milliseconds.
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
  | { readonly type: 'list'; readonly expression: string };

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
  category?(key: string): string;
}

/** What SQL is written with. The instant and the workspace's zone are fixed when it is written. */
export interface Sql {
  /** Adds a parameter and gives its name with its type, such as `$3::text[]`. */
  put(value: unknown, type: string): string;
  readonly now: number;
  readonly workspaceZone: string;
  /** All zones that contacts may have. */
  readonly zones: readonly string[];
  readonly sources: SqlSources;
}

/** What a condition needs to become SQL. */
export interface SqlContext {
  readonly sql: Sql;
  readonly fields: FieldCatalogue;
  readonly operands: Operands;
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
