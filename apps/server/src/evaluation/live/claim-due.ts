import type { Tx } from '../../db/index.ts';
import {
  findDueMemberships,
  findFirstDueMemberships,
  type DueMembership,
} from '../../segments/index.ts';

export interface DueBy {
  /** Slots that the transaction owns. */
  slots: readonly number[];
  /** By workspace, the instant up to which all that arrived is in the slots' queues. */
  marks: ReadonlyMap<number, number>;
  /** By slot, where something still waits in the queue: its arrival. Nothing due then may pass it. */
  oldestQueued: ReadonlyMap<number, number>;
  now: Date;
  limit: number;
}

/** Finds due memberships batch after batch; it remembers where a crowd stands, as after a midnight. */
export interface DueClaims {
  /** At most `limit`; fewer are all there are. Those of one slot come in the order of their instants. */
  claim(tx: Tx, due: DueBy): Promise<DueMembership[]>;
}

export function createDueClaims(): DueClaims {
  // Where the last batch of a crowd ended: in the slots before it only the dead entries of those
  // who were served are left in the index, and every look would pass them all again.
  let crowdAt: number | undefined;
  return {
    async claim(tx, { slots, marks, oldestQueued: queued, now, limit }) {
      const until = Math.min(now.getTime(), Math.max(...marks.values()));
      if (slots.length === 0 || !Number.isFinite(until)) return [];
      const bounds = { until: new Date(until), marks, queued };
      if (crowdAt === undefined) {
        const some = await findDueMemberships(tx, { slots, ...bounds, limit: limit + 1 });
        if (some.length <= limit) return some;
      }
      const rows: DueMembership[] = [];
      for (const slot of slotsFrom(slots, crowdAt)) {
        const room = limit - rows.length;
        rows.push(...(await findFirstDueMemberships(tx, { slot, ...bounds, limit: room })));
        crowdAt = slot;
        if (rows.length >= limit) return rows;
      }
      crowdAt = undefined;
      return rows;
    },
  };
}

/** All of them, beginning with the first that is not before `first`. */
function slotsFrom(slots: readonly number[], first = 0): number[] {
  return [...slots.filter((slot) => slot >= first), ...slots.filter((slot) => slot < first)];
}
