import type { Pool } from '../../db/index.ts';
import { createDomainPace, type DomainPace } from './domain-pace.ts';
import { findLimits, forgetSlowdown, tellSlowdown, type ReceivingLimit } from './limit-queries.ts';
import { receivingDomain } from './receiving-domain.ts';

interface To {
  workspaceId: number;
  address: string;
}

/**
 * How fast mail leaves for each domain that receives it, by SMTP. One for a process; what is set is shared
 * out among those that send.
 */
export interface ReceivingGate {
  /** Learns what is set for these workspaces now. */
  refresh(workspaceIds: readonly number[]): Promise<void>;
  /** Leave for one message, or when to ask again. */
  take(to: To): { ok: true } | { ok: false; until: Date };
  giveBack(to: To): void;
  hasLine(to: To): boolean;
  began(to: To): void;
  ended(to: To, outcome: { accepted: boolean; busy?: string | undefined }): void;
  /** When one that the domain itself put off may be tried again. */
  nextAt(to: To): Date;
  /** Resolves when what was learned is written. */
  told(): Promise<void>;
}

/** What was changed holds after so long. */
const FRESH_MS = 5_000;
/** Messages a second that a domain takes are counted over so long. */
const WINDOW_MS = 10_000;
const MOST_COUNTED = 10_000;

interface Known {
  readAt: number;
  limits: ReceivingLimit[];
  /** By domain; domains of one limit share a pace. */
  limited: Map<string, DomainPace>;
  /** Domains without a limit that asked for less. */
  slowed: Map<string, DomainPace>;
}

export function createReceivingGate(
  pool: Pool,
  {
    clock,
    shares,
    onError,
  }: { clock: () => Date; shares?: () => number; onError: (cause: unknown) => void },
): ReceivingGate {
  const known = new Map<number, Known>();
  const telling = new Set<Promise<void>>();
  let learning = Promise.resolve();
  let windowAt = -Infinity;
  let counts = new Map<string, number>();
  let before = new Map<string, number>();

  const now = (): number => clock().getTime();

  /** One after the other: of two that read at once the later would forget what the earlier gave leave for. */
  async function refresh(workspaceIds: readonly number[]): Promise<void> {
    const learned = learning.then(() => learn(workspaceIds));
    learning = learned.catch(() => undefined);
    await learned;
  }

  async function learn(workspaceIds: readonly number[]): Promise<void> {
    for (const workspaceId of new Set(workspaceIds)) {
      const entry = known.get(workspaceId);
      if (entry && now() - entry.readAt < FRESH_MS) continue;
      const limits = await findLimits(pool, { workspaceId });
      if (entry && JSON.stringify(entry.limits) === JSON.stringify(limits)) entry.readAt = now();
      else known.set(workspaceId, readKnown(limits, now(), { former: entry, shares }));
    }
  }

  function paceOf({ workspaceId, address }: To): DomainPace | undefined {
    const entry = known.get(workspaceId);
    const domain = receivingDomain(address);
    return entry?.limited.get(domain) ?? entry?.slowed.get(domain);
  }

  /** A domain that asks for less gets a pace, though nobody set a limit for it. */
  function paceOfBusy(to: To): DomainPace {
    const found = paceOf(to);
    if (found) return found;
    const pace = createDomainPace({});
    known.get(to.workspaceId)?.slowed.set(receivingDomain(to.address), pace);
    return pace;
  }

  function count(to: To): void {
    if (now() - windowAt >= WINDOW_MS) {
      before = now() - windowAt < 2 * WINDOW_MS ? counts : new Map();
      counts = new Map();
      windowAt = now();
    }
    const key = keyOf(to);
    if (counts.size < MOST_COUNTED || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  function seen(to: To): number {
    const key = keyOf(to);
    const elapsed = Math.max(1, (now() - windowAt) / 1_000);
    return Math.max((before.get(key) ?? 0) / (WINDOW_MS / 1_000), (counts.get(key) ?? 0) / elapsed);
  }

  function tell(work: Promise<void>): void {
    const told = work.catch(onError).finally(() => telling.delete(told));
    telling.add(told);
  }

  function learnBusy(to: To, answer: string): void {
    const pace = paceOfBusy(to);
    if (!pace.busy(now(), { seen: seen(to) })) return;
    const { workspaceId } = to;
    const domain = receivingDomain(to.address);
    const slowdown = { domain, rate_per_second: pace.rate() ?? 0, answer, at: clock() };
    tell(tellSlowdown(pool, { workspaceId, slowdown }));
  }

  function learnAccepted(to: To): void {
    count(to);
    if (!paceOf(to)?.accepted(now())) return;
    const domain = receivingDomain(to.address);
    known.get(to.workspaceId)?.slowed.delete(domain);
    tell(forgetSlowdown(pool, { workspaceId: to.workspaceId, domain }));
  }

  return {
    refresh,
    take(to) {
      const answer = paceOf(to)?.take(now()) ?? { ok: true as const };
      return answer.ok ? answer : { ok: false, until: new Date(Math.ceil(answer.at)) };
    },
    giveBack: (to) => paceOf(to)?.giveBack(now()),
    hasLine: (to) => paceOf(to)?.hasLine() ?? true,
    began: (to) => paceOf(to)?.began(),
    ended(to, { accepted, busy }) {
      paceOf(to)?.ended();
      if (accepted) learnAccepted(to);
      if (busy !== undefined) learnBusy(to, busy);
    },
    nextAt: (to) => new Date(Math.ceil(paceOfBusy(to).nextAt(now()))),
    async told() {
      await Promise.all(telling);
    },
  };
}

/** What domains said is not forgotten when somebody changes a limit. */
function readKnown(
  limits: ReceivingLimit[],
  readAt: number,
  { former, shares }: { former: Known | undefined; shares: (() => number) | undefined },
): Known {
  const limited = new Map<string, DomainPace>();
  for (const { domains, rate_per_second: rate, connections } of limits) {
    const pace = createDomainPace({
      ratePerSecond: rate ?? undefined,
      connections: connections ?? undefined,
      shares,
    });
    for (const domain of domains) limited.set(domain, pace);
  }
  return { readAt, limits, limited, slowed: former?.slowed ?? new Map() };
}

function keyOf({ workspaceId, address }: To): string {
  return `${workspaceId} ${receivingDomain(address)}`;
}
