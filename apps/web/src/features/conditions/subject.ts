import type { Json } from '@perennial/conditions';

/** How values are compared: the types of the segment language, and versions of apps. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'moment' | 'list' | 'version';

/** A value and what people call it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What a comparison looks at: a field of the contact, or a parameter of what it did. */
export interface Subject {
  /** As the language writes it: `city`, `custom.plan`, `items[].price`. */
  readonly key: string;
  readonly label: string;
  readonly kind: ValueKind;
  /** True for parameters of events: whatever they were so far, they may be compared as any kind. */
  readonly anyKind?: boolean;
  /** The only values that are meant. */
  readonly choices?: readonly Choice[] | undefined;
  /** Values that were seen. */
  readonly seen?: readonly Json[] | undefined;
}
