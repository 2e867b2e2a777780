import {
  sizeOf,
  type OpenProvider,
  type OutgoingMessage,
  type SendOutcome,
} from '@perennial/channels/providers';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createLookAhead } from './look-ahead.ts';
import type { ProviderState } from '../providers/provider-state.ts';
import { createTokenBucket } from './token-bucket.ts';

/** A message that was taken and is ready to leave. */
export interface Parcel {
  deliveryId: number;
  lane: 0 | 1;
  message: OutgoingMessage;
  /** When it was taken. After a while its claim counts as given up by others, so it must not leave. */
  takenAt: number;
}

/**
 * What became of a parcel. `returned`: it did not leave and nobody tried; `waiting`: what it says is
 * not at hand yet; `withdrawn`: it is not to leave at all, though nothing failed.
 */
export type FlowOutcome =
  | SendOutcome
  | { kind: 'returned' }
  | { kind: 'waiting'; until: Date; reason: string }
  | { kind: 'withdrawn'; reason: string; answer: string };

export interface Flow {
  /** How many more deliveries may be taken for it now. */
  room(lane: 0 | 1): number;
  /** Nothing keeps the provider from taking messages but how many are under way. */
  isWell(): boolean;
  /** Taken, and being rendered: they will be pushed or let go. */
  reserve(count: number): void;
  letGo(count: number): void;
  push(parcels: readonly Parcel[]): void;
  /** Returns those of what waits that must not leave now after all. */
  recall(isMeant: (parcel: Parcel) => boolean): void;
  /** Returns what waits, finishes what is under way, closes the provider. */
  close(): Promise<void>;
}

export interface FlowOptions {
  /** Among how many processes the provider's rate is shared out; default: it is this one's alone. */
  shares?: () => number;
  provider: OpenProvider;
  clock: () => Date;
  onOutcome: (parcel: Parcel, outcome: FlowOutcome) => void;
  /** There is room again. */
  onRoom: () => void;
  /** The provider was left alone, or works (again). */
  onState: (state: ProviderState) => void;
  /** Which parcels may begin to leave now, where that depends on whom they are for. */
  lines?: FlowLines;
}

/** Messages under way, by whom they are for. */
export interface FlowLines {
  hasLine(parcel: Parcel): boolean;
  began(parcel: Parcel): void;
  ended(parcel: Parcel, outcome: SendOutcome): void;
}

/** Messages with files that wait here may not fill the memory. */
const MOST_BYTES = 128 * 1_024 * 1_024;
/** A claim older than this must not be acted on: see `reclaim-abandoned.ts`. */
const FRESH_MS = 6_000;
/** Messages of all batches that are under way; more would only wait here. */
const MOST_AT_ONCE = 250;
/** What a limited rate lets through within this time may be taken ahead. */
const AHEAD_MS = 500;

/**
 * Hands parcels to one provider: at most so many calls at once, at most so many a second, each with
 * one parcel or a batch, those that somebody waits for first, and none while the provider is in
 * trouble.
 */
export function createFlow(options: FlowOptions): Flow {
  const { provider, clock, onOutcome, onRoom, onState, lines } = options;
  const { concurrency, ratePerSecond, batch } = provider;
  const perCall = batch?.most ?? 1;
  const bucket =
    ratePerSecond === undefined ? undefined : createTokenBucket(ratePerSecond, options.shares);
  const breaker = createCircuitBreaker();
  const waiting: [Parcel[], Parcel[]] = [[], []];
  const ahead = createLookAhead(
    Math.min(concurrency * perCall, Math.max(concurrency, MOST_AT_ONCE)),
  );
  let reserved = 0;
  /** Calls, and the parcels in them. */
  let underWay = 0;
  let flying = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed: (() => void) | undefined;
  // Not known before the first answer, which clears what an earlier process found wrong.
  let wasFine = false;

  const now = (): number => clock().getTime();
  const held = (): number => reserved + flying + waiting[0].length + waiting[1].length;

  function room(lane: 0 | 1): number {
    if (closed || isHeavy(waiting)) return 0;
    // Bulk leaves room for what somebody waits for.
    const target = lane === 0 ? ahead.target * 2 : ahead.target;
    const allowed = Math.min(target, breaker.allowance(now())) - held();
    const tokens = bucket ? bucket.within(now(), AHEAD_MS) * perCall - held() : Infinity;
    return Math.max(0, Math.min(allowed, Math.max(tokens, held() === 0 ? 1 : 0)));
  }

  function next(): void {
    clearTimeout(timer);
    if (breaker.allowance(now()) === 0) returnAll();
    while (underWay < Math.min(concurrency, breaker.allowance(now()))) {
      for (const queue of waiting) returnStale(queue);
      const begin = nextParcel();
      if (!begin) break;
      const token = bucket?.take(now());
      if (token && !token.ok) {
        timer = setTimeout(next, token.waitMs);
        return;
      }
      void send(begin.queue.splice(begin.at, Math.min(perCall, breaker.allowance(now()))));
    }
    if (reserved > 0 && underWay < concurrency) ahead.starved(now());
    if (held() * 2 <= ahead.target) onRoom();
    if (closed && underWay === 0) closed();
  }

  /** The first for whom there is a line, of those that somebody waits for before others. */
  function nextParcel(): { queue: Parcel[]; at: number } | undefined {
    for (const queue of waiting) {
      const at = queue.findIndex((parcel) => lines?.hasLine(parcel) ?? true);
      if (at >= 0) return { queue, at };
    }
    return undefined;
  }

  async function send(parcels: Parcel[]): Promise<void> {
    for (const parcel of parcels) lines?.began(parcel);
    underWay += 1;
    flying += parcels.length;
    ahead.waited(now() - parcels[0]!.takenAt, now());
    const outcomes = await sendTogether(parcels.map(({ message }) => message)).catch(
      // A provider that throws may have sent before it did.
      (error: Error): SendOutcome[] =>
        parcels.map(() => ({
          kind: 'uncertain',
          reason: 'provider failed',
          answer: error.message,
        })),
    );
    underWay -= 1;
    flying -= parcels.length;
    learn(outcomes);
    for (const [i, parcel] of parcels.entries()) {
      lines?.ended(parcel, outcomes[i]!);
      onOutcome(parcel, outcomes[i]!);
    }
    next();
  }

  async function sendTogether(messages: OutgoingMessage[]): Promise<SendOutcome[]> {
    return batch ? batch.send(messages) : Promise.all(messages.map((each) => provider.send(each)));
  }

  /** A batch has one answer: what is wrong with the provider stands in the first that says so. */
  function learn(outcomes: SendOutcome[]): void {
    const trouble = outcomes.find(isTrouble);
    const isAlive = outcomes.some((outcome) => !isTrouble(outcome));
    if (isAlive) breaker.fine();
    if (trouble && (!isAlive || isPause(trouble))) suffer(trouble);
    else if (isAlive && !wasFine) {
      wasFine = true;
      onState({ condition: 'fine' });
    }
  }

  function suffer(outcome: Trouble): void {
    const pause = outcome.kind === 'deferred' ? outcome.pause : undefined;
    const held = pause === 'throttled' && outcome.kind === 'deferred' ? outcome.until : undefined;
    const isNews = held
      ? breaker.hold(now(), held.getTime())
      : breaker.trouble(now(), { atOnce: pause !== undefined });
    if (!isNews) return;
    wasFine = false;
    onState({
      condition: pause ?? 'failing',
      problem: outcome.answer ?? outcome.reason,
      until: new Date(breaker.until()),
    });
    wakeLater();
  }

  /** Asks for work again when the pause is over. */
  function wakeLater(): void {
    const check = setInterval(() => {
      if (breaker.allowance(now()) === 0 && !closed) return;
      clearInterval(check);
      onRoom();
    }, 500);
    check.unref();
  }

  function returnStale(queue: Parcel[]): void {
    while (queue[0] && now() - queue[0].takenAt > FRESH_MS) {
      onOutcome(queue.shift()!, { kind: 'returned' });
    }
  }

  function returnAll(): void {
    recall(() => true);
  }

  function recall(isMeant: (parcel: Parcel) => boolean): void {
    for (const queue of waiting) {
      const stay = queue.filter((parcel) => !isMeant(parcel));
      for (const parcel of queue.splice(0)) {
        if (isMeant(parcel)) onOutcome(parcel, { kind: 'returned' });
      }
      queue.push(...stay);
    }
  }

  return {
    room,
    isWell: () => !closed && breaker.allowance(now()) === Infinity,
    reserve(count) {
      reserved += count;
    },
    letGo(count) {
      reserved -= count;
      next();
    },
    push(parcels) {
      for (const parcel of parcels) {
        if (closed) onOutcome(parcel, { kind: 'returned' });
        else waiting[parcel.lane].push(parcel);
      }
      next();
    },
    recall,
    async close() {
      clearTimeout(timer);
      await new Promise<void>((done) => {
        closed = done;
        returnAll();
        if (underWay === 0) done();
      });
      await provider.close();
    },
  };
}

function isHeavy(queues: readonly (readonly Parcel[])[]): boolean {
  const bytes = queues.flat().reduce((sum, { message }) => sum + weightOf(message), 0);
  return bytes > MOST_BYTES;
}

function weightOf({ mail, parts }: OutgoingMessage): number {
  if (mail) return sizeOf(mail.raw);
  return parts?.attachments?.reduce((sum, { base64 }) => sum + base64.length, 0) ?? 0;
}

type Trouble = Extract<SendOutcome, { kind: 'deferred' | 'uncertain' }>;

/** Whoever never answers is as little use as who says so. */
function isTrouble(outcome: SendOutcome): outcome is Trouble {
  if (outcome.kind === 'deferred') return outcome.providerTrouble === true;
  return outcome.kind === 'uncertain';
}

function isPause(outcome: Trouble): boolean {
  return outcome.kind === 'deferred' && outcome.pause !== undefined;
}
