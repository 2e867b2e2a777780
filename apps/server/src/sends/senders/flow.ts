import type { OpenProvider, OutgoingMessage, SendOutcome } from '@perennial/channels/providers';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createLookAhead } from './look-ahead.ts';
import { createTokenBucket } from './token-bucket.ts';

/** A message that was taken and is ready to leave. */
export interface Parcel {
  deliveryId: number;
  lane: 0 | 1;
  message: OutgoingMessage;
  /** When it was taken. After a while its claim counts as given up by others, so it must not leave. */
  takenAt: number;
}

/** What became of a parcel; `returned`: it did not leave and nobody tried. */
export type FlowOutcome = SendOutcome | { kind: 'returned' };

export interface Flow {
  /** How many more deliveries may be taken for it now. */
  room(lane: 0 | 1): number;
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
  provider: OpenProvider;
  clock: () => Date;
  onOutcome: (parcel: Parcel, outcome: FlowOutcome) => void;
  /** There is room again. */
  onRoom: () => void;
  /** The breaker opened (with the reason), or the provider works (null). */
  onState: (problem: string | null) => void;
}

/** A claim older than this must not be acted on: see `reclaim-abandoned.ts`. */
const FRESH_MS = 6_000;
/** What a limited rate lets through within this time may be taken ahead. */
const AHEAD_MS = 500;

/**
 * Hands parcels to one provider: at most so many at once, at most so many a second, those that
 * somebody waits for first, and none while the provider is in trouble.
 */
export function createFlow(options: FlowOptions): Flow {
  const { provider, clock, onOutcome, onRoom, onState } = options;
  const { concurrency, ratePerSecond } = provider;
  const bucket = ratePerSecond === undefined ? undefined : createTokenBucket(ratePerSecond);
  const breaker = createCircuitBreaker();
  const waiting: [Parcel[], Parcel[]] = [[], []];
  const ahead = createLookAhead(concurrency);
  let reserved = 0;
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed: (() => void) | undefined;
  // Not known before the first answer, which clears what an earlier process found wrong.
  let wasFine = false;

  const now = (): number => clock().getTime();
  const held = (): number => reserved + underWay + waiting[0].length + waiting[1].length;

  function room(lane: 0 | 1): number {
    if (closed) return 0;
    // Bulk leaves room for what somebody waits for.
    const target = lane === 0 ? ahead.target * 2 : ahead.target;
    const allowed = Math.min(target, breaker.allowance(now())) - held();
    const tokens = bucket ? bucket.within(now(), AHEAD_MS) - held() : Infinity;
    return Math.max(0, Math.min(allowed, Math.max(tokens, held() === 0 ? 1 : 0)));
  }

  function next(): void {
    clearTimeout(timer);
    if (breaker.allowance(now()) === 0) returnAll();
    while (underWay < Math.min(concurrency, breaker.allowance(now()))) {
      const queue = waiting[0].length > 0 ? waiting[0] : waiting[1];
      if (queue.length === 0) break;
      const token = bucket?.take(now());
      if (token && !token.ok) {
        timer = setTimeout(next, token.waitMs);
        return;
      }
      const parcel = queue.shift()!;
      if (now() - parcel.takenAt > FRESH_MS) onOutcome(parcel, { kind: 'returned' });
      else void send(parcel);
    }
    if (reserved > 0 && underWay < concurrency) ahead.starved(now());
    if (held() * 2 <= ahead.target) onRoom();
    if (closed && underWay === 0) closed();
  }

  async function send(parcel: Parcel): Promise<void> {
    underWay += 1;
    ahead.waited(now() - parcel.takenAt, now());
    const outcome = await provider.send(parcel.message).catch(
      // A provider that throws may have sent before it did.
      (error: Error): SendOutcome => ({
        kind: 'uncertain',
        reason: 'provider failed',
        answer: error.message,
      }),
    );
    underWay -= 1;
    learn(outcome);
    onOutcome(parcel, outcome);
    next();
  }

  function learn(outcome: SendOutcome): void {
    const inTrouble = outcome.kind === 'deferred' && outcome.providerTrouble === true;
    if (inTrouble) {
      if (breaker.trouble(now())) {
        wasFine = false;
        onState(outcome.answer ?? outcome.reason);
        wakeLater();
      }
      return;
    }
    if (outcome.kind === 'uncertain') return;
    breaker.fine();
    if (!wasFine) onState(null);
    wasFine = true;
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
