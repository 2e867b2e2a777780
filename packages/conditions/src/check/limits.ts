/** Bounds of one definition; an operator may change them. */
export interface Limits {
  /** How deep nodes may stand inside one another, those of `where` included. */
  readonly depth: number;
  /** How many conditions, the leaves of `where` included. */
  readonly conditions: number;
}

/** The bounds unless an operator changes them. */
export const DEFAULT_LIMITS: Limits = { depth: 20, conditions: 500 };
