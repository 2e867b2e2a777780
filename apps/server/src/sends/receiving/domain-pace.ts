export interface PaceLimit {
  ratePerSecond?: number | undefined;
  /** Among how many processes the limits are shared out; default: they are this one's alone. */
  shares?: (() => number) | undefined;
  /** Messages to it that may be under way at once. */
  connections?: number | undefined;
}

/** How fast mail goes to a receiving domain, or to several that are one. Times in milliseconds. */
export interface DomainPace {
  /** Takes leave to send one message, or says when to ask again. */
  take(now: number): { ok: true } | { ok: false; at: number };
  /** What was taken and did not leave. */
  giveBack(now: number): void;
  /** One more may be under way. */
  hasLine(): boolean;
  began(): void;
  ended(): void;
  /** The domain asked for less; `seen`: messages a second that it took until now. True: it is news. */
  busy(now: number, options: { seen: number }): boolean;
  /** It took one. True: it is as fast again as it may be. */
  accepted(now: number): boolean;
  /** When one that was put off by the domain itself may be tried again. */
  nextAt(now: number): number;
  /** Messages a second now; undefined: as many as there are. */
  rate(): number | undefined;
  isSlowed(): boolean;
}

/** What may leave at once after a rest, so that work in batches uses up the rate. */
const BURST_MS = 1_000;
/** What waits is spread over so much time, and asked again then. */
const HORIZON_MS = 5 * 60_000;
/** Where no rate is known, what waits for a line is asked again so soon. */
const SHORT_MS = 20;

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Many that were under way say the same at once. */
const SAME_WORD_MS = 2_000;
const SLOWEST = 0.1;
/** Messages a second, where a domain took none yet and has no limit. */
const GUESS = 2;
/** After so long without another word it is tried a little faster. */
const CALM_MS = 10_000;
const FASTER = 1.5;
/** Without a limit of its own, this fast it is not slowed any more. */
const FREE_AT = 100;
/** Claimed and not yet under way, for each that may be. */
const AHEAD = 4;

export function createDomainPace(limit: PaceLimit): DomainPace {
  const { shares = () => 1 } = limit;
  const ownRate = (): number | undefined =>
    limit.ratePerSecond === undefined ? undefined : limit.ratePerSecond / shares();
  const ownLines = (): number =>
    limit.connections === undefined
      ? Infinity
      : Math.max(1, Math.floor(limit.connections / shares()));
  /** After a word of the domain; undefined: as the limit says. */
  let slowed: number | undefined;
  let words = 0;
  let busyAt = -Infinity;
  let steppedAt = -Infinity;
  let heldUntil = -Infinity;
  /** When the next message is due if they leave evenly (the virtual scheduling of GCRA). */
  let dueAt = -Infinity;
  let spreadAt = -Infinity;
  let taken = 0;
  let underWay = 0;

  const rate = (): number | undefined =>
    slowed === undefined ? ownRate() : Math.min(slowed, ownRate() ?? Infinity);
  const gap = (): number => {
    const perSecond = rate();
    return perSecond === undefined ? 0 : 1_000 / perSecond;
  };

  /** Each that waits gets a place of its own, so that they do not all come back at once. */
  function nextAt(now: number): number {
    spreadAt = Math.max(spreadAt, now, heldUntil, dueAt - BURST_MS) + Math.max(gap(), SHORT_MS);
    return Math.min(spreadAt, Math.max(now, heldUntil) + HORIZON_MS);
  }

  function mayTake(now: number): boolean {
    if (now < heldUntil) return false;
    if (taken >= ownLines() * AHEAD) return false;
    return rate() === undefined || dueAt - now <= BURST_MS - gap() || dueAt <= now;
  }

  return {
    nextAt,
    rate,
    isSlowed: () => slowed !== undefined,
    take(now) {
      if (!mayTake(now)) return { ok: false, at: nextAt(now) };
      dueAt = Math.max(dueAt, now) + gap();
      taken += 1;
      return { ok: true };
    },
    giveBack(now) {
      taken = Math.max(0, taken - 1);
      dueAt = Math.max(now, dueAt - gap());
    },
    hasLine: () => underWay < ownLines(),
    began() {
      underWay += 1;
    },
    ended() {
      underWay = Math.max(0, underWay - 1);
      taken = Math.max(0, taken - 1);
    },
    busy(now, { seen }) {
      if (now - busyAt < SAME_WORD_MS) return false;
      busyAt = now;
      words += 1;
      slowed = Math.max(SLOWEST, Math.min(rate() ?? Infinity, seen > 0 ? seen : GUESS) / 2);
      heldUntil = now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (words - 1));
      dueAt = heldUntil;
      spreadAt = -Infinity;
      return true;
    },
    accepted(now) {
      if (slowed === undefined || now - Math.max(busyAt, steppedAt, heldUntil) < CALM_MS) {
        return false;
      }
      steppedAt = now;
      words = Math.max(0, words - 1);
      slowed *= FASTER;
      if (slowed < (ownRate() ?? FREE_AT)) return false;
      slowed = undefined;
      return true;
    },
  };
}
