import type { Json, JsonObject } from './json.ts';
import type { Decimal } from './values/number.ts';
import type { Clock } from './time/clock.ts';
import type { Range } from './time/range.ts';

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
  /** Present: the fact stands for several, the first of which was then. */
  readonly condensed?: Condensed | undefined;
}

/** Events of a stretch of time that pass a condition's filter, as its measure sees them. */
export interface Condensed {
  readonly lastAt: number;
  readonly n: number;
  /** How many numbers their parameter has; the others are absent without any. */
  readonly numbers: number;
  readonly sum?: Decimal | undefined;
  readonly least?: Decimal | undefined;
  readonly greatest?: Decimal | undefined;
}

/** A contact's events of the condition's type that its `where` lets pass. */
export interface History {
  within(range: Range): readonly EventFact[];
  all(): readonly EventFact[];
}

/** What may have become of a message that was sent. */
export const MESSAGE_ACTIONS = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'undelivered',
  'unsubscribed',
  'complained',
] as const;

/** What became of a message that was sent. */
export type MessageAction = (typeof MESSAGE_ACTIONS)[number];

/**
 * One thing that happened to a message sent to the contact, at one address; test sends are none.
 * `params` holds what `where` may name: `channel`, `message`, `tag` (a list), `campaign`,
 * `workflow`, `language`, `category` (a list), `url`, and `opened` and `clicked`: whether a person
 * did that with the same send.
 */
export interface MessageFact extends EventFact {
  /** The ID of the send: facts of one send count once. */
  readonly send: string;
  /** Made by a machine, such as a mail privacy proxy or a link scanner. */
  readonly machine: boolean;
}

/**
 * One device of a contact: `platform`, `os_version`, `app`, `app_version`, `model`, `push_enabled`
 * (a boolean) and `last_seen_at` (epoch milliseconds, or ISO 8601).
 */
export type DeviceFact = JsonObject;

/** What a run of a workflow can be; `entered` is every run. */
export const RUN_STATES = ['entered', 'running', 'completed', 'stopped', 'failed'] as const;

/** What a run of a workflow can be. */
export type RunState = (typeof RUN_STATES)[number];

/** One run of a workflow for the contact; a run that waits is running. */
export interface RunFact {
  /** The ID of the workflow. */
  readonly workflow: string;
  readonly state: 'running' | 'completed' | 'stopped' | 'failed';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds; null while it runs. */
  readonly endedAt: number | null;
}

/**
 * One address of a contact: everything that holds of it. `subscribed` is confirmed with nothing
 * against it, `reachable` that marketing may go there.
 */
export interface ChannelFact {
  readonly channel: string;
  readonly app?: string | null | undefined;
  readonly states: readonly string[];
  /**
   * The states hold until this instant (epoch milliseconds, exclusive) unless data change: when the
   * first block of the address ends. Absent: none ends by itself.
   */
  readonly until?: number | undefined;
}

/**
 * All that is known of one contact when a condition is evaluated; `requirements` says how much of
 * it is needed. A contact's fields are a flat record by field name (`email`, `custom.KEY`), values
 * as stored; events are grouped by type, in any order.
 */
export interface Facts extends Clock {
  readonly fields: Readonly<Record<string, Json | undefined>>;
  readonly events: ReadonlyMap<string, readonly EventFact[]>;
  /** What stands in for the events of a contact that has very many, by the key of the question. */
  readonly condensed?: ReadonlyMap<string, History> | undefined;
  /** ISO 4217: what amounts are in unless a condition says another; absent: all are added. */
  readonly workspaceCurrency?: string | undefined;
  /** The contact's orders, each at the time it was made, with its members as parameters. */
  readonly orders?: readonly EventFact[] | undefined;
  /** What became of the messages sent to the contact, by action. */
  readonly messages?: ReadonlyMap<string, readonly MessageFact[]> | undefined;
  readonly devices?: readonly DeviceFact[] | undefined;
  /** The contact's runs of workflows. */
  readonly runs?: readonly RunFact[] | undefined;
  /** The segments that the contact is in, by ID, with the instant of entry (epoch milliseconds). */
  readonly segments?: ReadonlyMap<string, number> | undefined;
  /** Keys of the subscription categories that the contact is in. */
  readonly categories?: ReadonlySet<string> | undefined;
  /** The contact's addresses, each with all that holds of it: `subscribed`, or what speaks against it. */
  readonly channels?: readonly ChannelFact[] | undefined;
  /** The event that is being handled, for `{"$event": path}` and `event_param`. */
  readonly trigger?: EventContent | undefined;
  /** The results of the blocks of the run that asks, by the block's ID. */
  readonly run?: JsonObject | undefined;
}

/** An answer with, on request, what led to it and how long it holds. */
export interface Verdict {
  readonly result: boolean;
  /** The values that led to it, for *explain* and the history of runs. */
  readonly values: () => Readonly<Record<string, Json>>;
  /**
   * The earliest instant after `now` (epoch milliseconds) at which time alone may change the answer;
   * Infinity: never. May be too early, never too late.
   */
  readonly changesAt: () => number;
}
