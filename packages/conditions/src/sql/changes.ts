/** When time alone may change what was asked, as SQL. */
export interface Changes {
  /**
   * An instant after now, or null for never: until then time alone does not change the condition
   * that is being written. A bound: it may be early and is never late.
   */
  add(expression: string): void;
  /** All of them; equal ones are said once. */
  readonly expressions: readonly string[];
}

/** None yet. */
export function createChanges(): Changes {
  const expressions = new Set<string>();
  return {
    add: (expression) => void expressions.add(expression),
    get expressions() {
      return [...expressions];
    },
  };
}

/** An instant that never comes. */
export const NEVER = 'null::timestamptz';

/** The earliest of some instants, of which each may be null. */
export function earliest(expressions: readonly string[]): string {
  if (expressions.length === 0) return NEVER;
  return expressions.length === 1 ? String(expressions[0]) : `least(${expressions.join(', ')})`;
}
