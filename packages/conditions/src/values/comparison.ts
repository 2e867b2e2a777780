/** Comparisons with one number, by operator: whether the order of (value, limit) passes. */
export const comparisons = {
  equals: (order: number) => order === 0,
  not_equals: (order: number) => order !== 0,
  greater: (order: number) => order > 0,
  greater_or_equal: (order: number) => order >= 0,
  less: (order: number) => order < 0,
  less_or_equal: (order: number) => order <= 0,
} as const;

/** The same in SQL. */
export const comparisonSigns = {
  equals: '=',
  not_equals: '<>',
  greater: '>',
  greater_or_equal: '>=',
  less: '<',
  less_or_equal: '<=',
} as const satisfies Record<keyof typeof comparisons, string>;

/** Operators that compare with one number. */
export type Comparison = keyof typeof comparisons;
