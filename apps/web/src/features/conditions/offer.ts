import type { JsonObject } from '@perennial/conditions';

/** Groups in which conditions are offered. */
export const OFFER_GROUPS = [
  'run',
  'fields',
  'custom',
  'events',
  'params',
  'messages',
  'channels',
  'categories',
  'devices',
  'orders',
  'workflows',
  'segments',
] as const;

export type OfferGroup = (typeof OFFER_GROUPS)[number];

/** Something that a new condition can be about. */
export interface Offer {
  readonly id: string;
  readonly group: OfferGroup;
  readonly label: string;
  /** What tells it from others of the same name: a key, an event, values that were seen. */
  readonly hint?: string;
  /** What else it is found by. */
  readonly also?: string;
  /** The type of the condition that it makes. */
  readonly type: string;
  readonly make: () => JsonObject;
}

/** One whose type is read from what it makes. */
export type Untyped = Omit<Offer, 'type'>;
