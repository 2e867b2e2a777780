/** An open or a click of one delivery. */
export interface Visit {
  status: 'opened' | 'clicked';
  /** Epoch milliseconds. */
  at: number;
  url?: string | undefined;
  /** What the request or the provider said; what follows from other visits is found here. */
  machine?: string | undefined;
}

export interface JudgedDelivery {
  /** When its provider took it, in epoch milliseconds; Infinity: it is being handed over; null: nobody knows. */
  handedAt: number | null;
  /** How many different links its message has; 0: nobody knows. */
  links: number;
}

/** Sooner after the hand-over nobody has seen a message, in milliseconds. */
const TOO_FAST_MS = { opened: 1_000, clicked: 3_000 } as const;
/** In this time nobody follows most links of a message. */
export const BURST_MS = 10_000;
/** With fewer links a person follows all of them. */
const FEWEST_LINKS = 3;
const MOST = 2 / 3;

/**
 * Why each of the visits of a delivery is a machine's; undefined: a person's. What a visit says of itself
 * comes first. A function of the whole set: the order in which visits are told changes nothing, and one
 * more visit never takes a mark away.
 */
export function judgeVisits(
  visits: readonly Visit[],
  delivery: JudgedDelivery,
): (string | undefined)[] {
  const bursts = burstsOf(visits, delivery);
  return visits.map((visit) => {
    if (visit.machine) return visit.machine;
    if (isTooFast(visit, delivery)) return 'too fast';
    const inBurst = bursts.some(([from, to]) => visit.at >= from && visit.at <= to);
    return inBurst ? 'every link' : undefined;
  });
}

function isTooFast({ status, at }: Visit, { handedAt }: JudgedDelivery): boolean {
  return handedAt !== null && at < handedAt + TOO_FAST_MS[status];
}

/** Pieces of time in which most links were followed; what looked at them opened the message, too. */
function burstsOf(visits: readonly Visit[], { links }: JudgedDelivery): [number, number][] {
  const enough = Math.max(FEWEST_LINKS, Math.ceil(links * MOST));
  if (links < FEWEST_LINKS) return [];
  const clicks = visits
    .filter(({ status, url }) => status === 'clicked' && url !== undefined)
    .toSorted((a, b) => a.at - b.at);
  return clicks.flatMap(({ at }, first): [number, number][] => {
    const within = clicks.slice(first).filter((click) => click.at - at <= BURST_MS);
    const followed = new Set(within.map(({ url }) => url));
    return followed.size >= enough ? [[at, within.at(-1)!.at]] : [];
  });
}
