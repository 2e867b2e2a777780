import type { Json, JsonObject } from './json.ts';
import type { Clock } from './time/clock.ts';

/** What a path of the segment language can lead into: an event's parameters, key, source, context. */
export interface EventContent {
  readonly params: JsonObject;
  readonly key?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly context?: JsonObject | null | undefined;
}

/** One stored event of a contact. `occurredAt` is epoch milliseconds. */
export interface EventFact extends EventContent {
  readonly event: string;
  readonly occurredAt: number;
}

/**
 * One address of a contact: everything that holds of it. `subscribed` is confirmed with nothing
 * against it, `reachable` that marketing may go there.
 */
export interface ChannelFact {
  readonly channel: string;
  readonly app?: string | null | undefined;
  readonly states: readonly string[];
}

/**
 * All that is known of one contact when a condition is evaluated; `requirements` says how much of
 * it is needed. A contact's fields are a flat record by field name (`email`, `custom.KEY`), values
 * as stored; events are grouped by type, in any order.
 */
export interface Facts extends Clock {
  readonly fields: Readonly<Record<string, Json | undefined>>;
  readonly events: ReadonlyMap<string, readonly EventFact[]>;
  /** The contact's orders, each at the time it was made, with its members as parameters. */
  readonly orders?: readonly EventFact[] | undefined;
  /** The segments that the contact is in, by ID, with the instant of entry (epoch milliseconds). */
  readonly segments?: ReadonlyMap<string, number> | undefined;
  /** Keys of the subscription categories that the contact is in. */
  readonly categories?: ReadonlySet<string> | undefined;
  /** The contact's addresses, each with all that holds of it: `subscribed`, or what speaks against it. */
  readonly channels?: readonly ChannelFact[] | undefined;
  /** The event that is being handled, for `{"$event": path}` and `event_param`. */
  readonly trigger?: EventContent | undefined;
}

/** An answer, and on request the values that led to it, for *explain* and the history of runs. */
export interface Verdict {
  readonly result: boolean;
  readonly values: () => Readonly<Record<string, Json>>;
}
