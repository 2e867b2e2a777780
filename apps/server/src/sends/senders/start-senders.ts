import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../../db/index.ts';
import type { Egress } from '../../egress/index.ts';
import type { RenderPool } from '../../messages/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { createBulkPace } from './bulk-pace.ts';
import { createDispatcher } from './dispatcher.ts';
import { createDeliveryKeys } from './delivery-key.ts';
import { createOutcomeRecorder } from './outcome-recorder.ts';
import { hasDueDeliveries } from '../has-due-deliveries.ts';
import { createOwnMailings } from '../domains/own-mailing.ts';
import { createPollNaps } from './poll-naps.ts';
import { createProviderDirectory, pairOf } from './provider-directory.ts';
import { createReceivingGate } from '../receiving/receiving-gate.ts';
import { reclaimAbandoned } from './reclaim-abandoned.ts';
import { createShares } from './shares.ts';
import { createVersionCache } from './version-cache.ts';
import { findDue, findDueSlots, type DeliveryLane, type DueKey } from './work-queries.ts';
import { createWorkspaceNames } from './workspace-names.ts';

export interface SendersOptions {
  pool: Pool;
  renderPool: RenderPool;
  box: SecretBox;
  /** Of this process in `processes`; somebody must let it beat. */
  processId: number;
  slots: number;
  publicUrl: string;
  /** The way out to providers' APIs. */
  http: Egress;
  clock: () => Date;
  /** 0 to 1; spreads what failed together. */
  random?: () => number;
  /** What went wrong with sending as such; it goes on by itself. */
  onError: (cause: unknown) => void;
}

export interface Senders {
  /** Something was planned: look now, not within the second. */
  wake(): void;
  /** Deliveries of a campaign, or of all, that were taken and have not left yet are asked about anew. */
  recall(campaignId: number | undefined): void;
  /** One look at everything that is due; answers how much was brought on its way. */
  pass(): Promise<number>;
  /** Looks until nothing due is left and everything taken is settled. For tests and tools. */
  drain(): Promise<void>;
  start(): void;
  /** Takes nothing more, finishes what is under way and gives the rest back. */
  stop(): Promise<void>;
}

const RECLAIM_EVERY_MS = 5_000;
const BATCH = 200;
/** While much is handed over: how soon what somebody waits for is looked for. */
const URGENT_EVERY_MS = 25;
/** And how soon where nobody told of it: what was put off falls due by itself. */
const URGENT_UNWOKEN_MS = 250;
/** Looking past what has no room costs in proportion to it. */
const FILTERED_EVERY_MS = 1_000;
const LANES: readonly DeliveryLane[] = [0, 1];

/** Everything that sends, made and not yet started. */
export function createSenders(options: SendersOptions): Senders {
  const { pool, renderPool, box, processId, slots, publicUrl, http, clock, onError } = options;
  const random = options.random ?? Math.random;
  const pace = createBulkPace({ most: BATCH });
  const workspaces = createWorkspaceNames(pool, { clock });
  const ownMailings = createOwnMailings(pool, { box, clock });
  const recorder = createOutcomeRecorder({ pool, processId, slots, clock, random, onError });
  const shares = createShares(pool, { clock });
  const receiving = createReceivingGate(pool, { clock, shares: shares.count, onError });
  const directory = createProviderDirectory({
    pool,
    receiving,
    shares: shares.count,
    box,
    workspaces,
    ownMailings,
    publicUrl,
    http,
    clock,
    onOutcome: (parcel, outcome) => dispatcher.settle(parcel, outcome),
    onRoom: () => wake(),
    onError,
  });
  const dispatcher = createDispatcher({
    pool,
    processId,
    slots,
    clock,
    directory,
    receiving,
    rendering: {
      renderPool,
      workspaces,
      versions: createVersionCache(pool),
      keys: createDeliveryKeys(box),
    },
    record: (row, outcome) => recorder.record(row, outcome),
    recorded: () => recorder.flush(),
    onDue: () => wake(),
    onError,
  });

  // Processes begin at different slots, so that they seldom reach for the same deliveries.
  let firstSlot = processId * 7;
  let filteredAt = [-Infinity, -Infinity];
  let reclaimedAt = -Infinity;
  let waker: (() => void) | undefined;
  let woken = false;
  let urgentWoken = false;
  let wasIdle = true;
  const naps = createPollNaps(clock());
  let stopping = false;
  let running: Promise<void> | undefined;

  function wake(): void {
    woken = true;
    urgentWoken = true;
    waker?.();
  }

  async function pass(): Promise<number> {
    await reclaimSometimes();
    const now = clock();
    const until = naps.horizon(now);
    // What an idle installation asks all day costs less, and keeps less, than to ask each slot.
    if (wasIdle && !(await hasDueDeliveries(pool, { slots, now: until }))) return 0;
    naps.found(now);
    await shares.refresh();
    const due = await findDueSlots(pool, { slots, lanes: LANES, now });
    const urgent = await passLane(0, slotsOf(0, due));
    firstSlot += 1;
    const count = urgent + (await besideUrgent(passLane(1, slotsOf(1, due))));
    wasIdle = count === 0;
    return count;
  }

  /** What somebody waits for and is due while much else is handed over does not wait for that. */
  async function besideUrgent(bulk: Promise<number>): Promise<number> {
    let isOver = false;
    const over = bulk.finally(() => (isOver = true));
    let count = 0;
    let lookedAt = performance.now();
    try {
      while (!isOver) {
        await Promise.race([over, pause(URGENT_EVERY_MS)]);
        const isTime = urgentWoken || performance.now() - lookedAt >= URGENT_UNWOKEN_MS;
        if (!isTime || isOver || stopping) continue;
        lookedAt = performance.now();
        count += await passUrgent().catch(told);
      }
    } finally {
      await over;
    }
    return count + (await bulk);
  }

  async function passUrgent(): Promise<number> {
    urgentWoken = false;
    const due = await findDueSlots(pool, { slots, lanes: [0], now: clock() });
    return passLane(0, slotsOf(0, due));
  }

  function told(error: unknown): number {
    onError(error);
    return 0;
  }

  async function reclaimSometimes(): Promise<void> {
    const now = clock();
    if (now.getTime() - reclaimedAt < RECLAIM_EVERY_MS) return;
    reclaimedAt = now.getTime();
    await reclaimAbandoned(pool, { slots, now, random });
  }

  async function passLane(lane: DeliveryLane, dueSlots: number[]): Promise<number> {
    if (dueSlots.length === 0) return 0;
    const now = clock();
    await directory.refresh([]);
    if (directory.stalled(lane).length > 0) {
      if (now.getTime() - filteredAt[lane]! < FILTERED_EVERY_MS) return 0;
      filteredAt[lane] = now.getTime();
    }
    const seen = new Set<string>();
    let gathered: DueKey[] = [];
    let count = 0;
    for (const slot of rotated(dueSlots)) {
      if (stopping) break;
      const size = lane === 1 ? pace.size() : BATCH;
      const limit = Math.max(1, size - gathered.length);
      const due = await findDue(pool, { slot, lane, now, stalled: directory.stalled(lane), limit });
      for (const key of due) seen.add(pairOf(key));
      gathered.push(...due);
      if (gathered.length < size) continue;
      count += await dispatchPaced(gathered, lane);
      gathered = [];
      // What is behind them belongs to the same carriers for all we know.
      const stalled = new Set(directory.stalled(lane));
      if ([...seen].every((pair) => stalled.has(pair))) break;
    }
    if (gathered.length > 0) count += await dispatchPaced(gathered, lane);
    return count;
  }

  async function dispatchPaced(keys: DueKey[], lane: DeliveryLane): Promise<number> {
    const began = performance.now();
    const count = await dispatcher.dispatch(keys, lane);
    if (lane === 1) pace.took({ handled: keys.length, ms: performance.now() - began });
    return count;
  }

  function rotated(dueSlots: number[]): number[] {
    const start = dueSlots.findIndex((slot) => slot >= firstSlot % slots);
    return start < 0 ? dueSlots : [...dueSlots.slice(start), ...dueSlots.slice(0, start)];
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = false;
      const count = await pass().catch(told);
      if (count === 0) await rest();
    }
  }

  async function rest(): Promise<void> {
    if (woken || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, naps.ms);
      waker = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    waker = undefined;
  }

  return {
    wake,
    recall: (campaignId) => dispatcher.recall(campaignId),
    pass,
    async drain() {
      for (;;) {
        filteredAt = [-Infinity, -Infinity];
        // What comes back during the look is due again afterwards.
        const wasBusy = dispatcher.busy();
        await recorder.flush();
        const count = await pass();
        if (count === 0 && !wasBusy && !dispatcher.busy()) break;
        await dispatcher.rendered();
        await recorder.flush();
        await dispatcher.fetched();
        if (dispatcher.busy()) await roomOrShortly();
        await recorder.flush();
      }
      await recorder.flush();
      await directory.told();
      await receiving.told();
    },
    start() {
      running ??= loop();
    },
    async stop() {
      stopping = true;
      wake();
      await running;
      dispatcher.stop();
      await dispatcher.rendered();
      await directory.close();
      await receiving.told();
      await recorder.flush();
    },
  };

  function roomOrShortly(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 20);
      waker = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function slotsOf(lane: DeliveryLane, due: Awaited<ReturnType<typeof findDueSlots>>): number[] {
  return due.filter((row) => row.lane === lane).map(({ slot }) => slot);
}

/** Sends what is planned until it is stopped. */
export function startSenders(options: SendersOptions): Senders {
  const senders = createSenders(options);
  senders.start();
  return senders;
}
