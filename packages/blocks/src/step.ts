import type { EventContent, Json, JsonObject } from '@perennial/conditions';
import type { AddressChoice, Priority, SendHours, TimeToLive } from '@perennial/contracts';
import type { Outcome } from './outcome.ts';

/** A run as a step sees it. Instants are epoch milliseconds. */
export interface StepRun {
  readonly id: number;
  readonly workspaceId: number;
  readonly contactId: number;
  readonly workflowId: number;
  readonly version: number;
  readonly key: string;
  readonly startedAt: number;
  readonly test: boolean;
  /** What started it: `$event` leads into its parameters. */
  readonly trigger: EventContent;
  /** By block, the result of its last visit: `$run`. */
  readonly results: JsonObject;
}

/** One run standing on one block. */
export interface Visit<Settings = unknown> {
  readonly run: StepRun;
  /** ID of the block in its workflow. */
  readonly block: string;
  readonly settings: Settings;
  /** It rested here, and the instant it waited for has come. */
  readonly waited: boolean;
  /**
   * When the run came here: the instant at which it was due, however late the step is taken, so that
   * what happened in between is not missed.
   */
  readonly cameAt: number;
}

/** A condition asked of one run's contact. */
export interface Question {
  readonly run: StepRun;
  readonly node: unknown;
}

/** The answer with the values that led to it, or why there is none. */
export type Answer =
  { readonly result: boolean; readonly values: Json } | { readonly problem: string };

/** A wish to send one message to a run's contact. */
export interface SendWish {
  readonly run: StepRun;
  readonly block: string;
  readonly messageId: number;
  readonly channel: string;
  readonly transactional: boolean;
  /** What the block says about how the message leaves; the rest is as the message says. */
  readonly terms: {
    readonly send_hours?: SendHours;
    readonly ttl?: TimeToLive;
    readonly priority?: Priority;
    readonly addresses?: AddressChoice;
    /** Only devices of this app. */
    readonly app?: string;
  };
  /** The send that the run has waited for: it is decided again. */
  readonly heldSendId?: number;
  readonly language?: string;
  readonly data?: Json;
  /** Of a message that was chosen among several: how, for whoever asks why. */
  readonly chosen?: Json;
}

/** Which messages a block chooses among. */
export interface VariantQuestion {
  readonly run: StepRun;
  readonly block: string;
  readonly channel: string;
  /** Tags, of which a variant bears one. */
  readonly include: readonly number[];
  /** And none of these. */
  readonly exclude: readonly number[];
  readonly memoryDays: number;
}

/** A message that a block may choose, and what it has learnt of it. */
export interface Variant {
  readonly messageId: number;
  /** Windows that have closed. */
  readonly settled: number;
  /** Of these with the goal reached. */
  readonly succeeded: number;
  readonly paused: boolean;
  /** When the contact was sent it last, if that is within the memory. */
  readonly sentAt: number | undefined;
}

/** A choice that was sent. */
export interface NotedChoice {
  readonly run: StepRun;
  readonly block: string;
  readonly sendId: number;
  readonly messageId: number;
  /** With which it was chosen, and among how many. */
  readonly probability: number;
  readonly available: number;
  /** How long its goal counts, in milliseconds. */
  readonly window: number;
}

/** What the gates decided. */
export interface SendAnswer {
  readonly sendId: number;
  readonly decision: 'sent' | 'held' | 'refused';
  /** The first gate's word of a refusal. */
  readonly reason?: string;
  /** With `held`: ask again then. */
  readonly holdUntil?: number;
  /** Every gate that was asked, in order. */
  readonly reasons: Json;
}

/** A wish for one unused code of a pool. */
export interface CodeQuestion {
  readonly run: StepRun;
  readonly block: string;
  readonly poolId: number;
  /** The code must not expire before. */
  readonly livesUntil: number;
}

/** A code that is the contact's from now on. */
export interface CodeAnswer {
  readonly code: string;
  /** Name of the pool, and what it says of its codes. */
  readonly pool: string;
  readonly type: string | null;
  readonly discount: number | null;
  readonly expiresAt: number | null;
  /** A test run gets something that looks like a code. */
  readonly tested?: true;
}

/** A value to be set on a run's contact; null clears. */
export interface FieldWrite {
  readonly run: StepRun;
  readonly field: string;
  readonly value: Json;
}

/** An event that a run waits for. */
export interface EventQuestion {
  readonly run: StepRun;
  readonly event: string;
  /** Not before this instant, and applied after what the run has heard already. */
  readonly since: number;
  readonly passes: (content: EventContent) => boolean;
  /** Only one with the run's key. */
  readonly sameKey: boolean;
}

/** Whom an act is about, if it is not the run's own contact. */
export type ContactWish = { readonly external_id: string } | { readonly email: string };

/** A request to another system, as it is made at every try. */
export interface CallRequest {
  readonly method: string;
  readonly url: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers whose values are kept apart: the number of the secret. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The number of the secret that signs. */
  readonly signing?: string;
  readonly timeoutMs: number;
  /** Tries after the first one. */
  readonly retries: number;
}

/**
 * What a block does that the step cannot do by itself: it becomes an item of the inbox, in one
 * commit with the step, and is applied in the order of arrival.
 */
export type Act =
  | { readonly act: 'lists'; readonly add?: readonly number[]; readonly remove?: readonly number[] }
  | { readonly act: 'category'; readonly category: string; readonly subscribed: boolean }
  | { readonly act: 'channel'; readonly channel: string; readonly subscribed: boolean }
  | { readonly act: 'confirm'; readonly channel: string }
  /** What the contact is found by, which only the resolver writes. */
  | { readonly act: 'identifiers'; readonly fields: JsonObject }
  | {
      readonly act: 'contact';
      readonly external_id?: string;
      readonly fields: JsonObject;
      readonly lists: readonly number[];
      readonly confirmed: boolean;
    }
  | {
      readonly act: 'event';
      readonly event: string;
      readonly key?: string;
      readonly params: JsonObject;
      readonly contact?: ContactWish;
    }
  | {
      /** A message to everybody in a segment. */
      readonly act: 'campaign';
      readonly block: string;
      readonly messageId: number;
      readonly segmentId: number;
      readonly mostPerHour: number;
      readonly terms: SendWish['terms'];
      readonly data?: Json;
    }
  | {
      readonly act: 'start';
      readonly workflowId: number;
      readonly params: JsonObject;
      readonly contact?: ContactWish;
    }
  /** Made after the commit, at least once. */
  | { readonly act: 'call'; readonly request: CallRequest };

/** A wish to do something. With `awaited` the run is told what became of it, by its result. */
export interface ActWish {
  readonly run: StepRun;
  readonly block: string;
  readonly act: Act;
  readonly awaited: boolean;
}

/**
 * Kept with the step, to be applied in its turn; done with the step itself; not done, by a test run;
 * or why not.
 */
export type ActAnswer =
  | { readonly kind: 'kept' }
  | { readonly kind: 'done'; readonly told: JsonObject }
  | { readonly kind: 'tested'; readonly told?: JsonObject }
  | { readonly kind: 'refused'; readonly reason: string };

/** Why a value was not set, or undefined. */
export type FieldRefusal = string | undefined;

/** All that steps may do besides computing. Answers come in the order of what was asked. */
export interface StepContext {
  readonly now: number;
  /** IANA name of the workspace's zone. */
  readonly workspaceZone: (run: StepRun) => string;
  /** The contact's zone, else the workspace's. */
  readonly contactZone: (run: StepRun) => string;
  /** A field of the contact as the segment language names it; undefined is no value. */
  readonly field: (run: StepRun, field: string) => Json | undefined;
  readonly evaluate: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  readonly decideSends: (wishes: readonly SendWish[]) => Promise<readonly SendAnswer[]>;
  /** In the order of the messages' IDs. */
  readonly variantsFor: (
    questions: readonly VariantQuestion[],
  ) => Promise<readonly (readonly Variant[])[]>;
  /** To be learnt from when their windows close; those of test runs are not. */
  readonly noteChoices: (choices: readonly NotedChoice[]) => Promise<void>;
  /** In the order of the questions, the first event that answers it, as `$run` shows it. */
  readonly firstEvents: (
    questions: readonly EventQuestion[],
  ) => Promise<readonly (Json | undefined)[]>;
  /** One code for each question, or undefined: there is none that lives long enough. */
  readonly takeCodes: (
    questions: readonly CodeQuestion[],
  ) => Promise<readonly (CodeAnswer | undefined)[]>;
  readonly perform: (wishes: readonly ActWish[]) => Promise<readonly ActAnswer[]>;
  readonly writeFields: (writes: readonly FieldWrite[]) => Promise<readonly FieldRefusal[]>;
}

/**
 * How a kind of block runs: all its visits of a batch at once, outcomes in their order. It does
 * nothing but through the context, so an aborted batch leaves no trace.
 */
export type Step<Settings> = (
  visits: readonly Visit<Settings>[],
  context: StepContext,
) => readonly Outcome[] | Promise<readonly Outcome[]>;
