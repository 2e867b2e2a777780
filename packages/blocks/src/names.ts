/** What the interface knows of the things that a sentence mentions; an unknown one shows its key. */
export interface Names {
  readonly message: (id: string) => string;
  readonly field: (key: string) => string;
  /** A list or a dynamic segment. */
  readonly segment: (id: string) => string;
  /** A pool of promo codes. */
  readonly pool: (id: string) => string;
  /** ISO weekdays, 1 is Monday, as a list in the reader's language. */
  readonly weekdays: (days: readonly number[]) => string;
  /** A condition in words. */
  readonly condition: (node: unknown) => string;
}
