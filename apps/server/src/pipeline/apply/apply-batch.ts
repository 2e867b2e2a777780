import { inTransaction } from '../../db/transaction.ts';
import { sqlState, type Pool, type Tx } from '../../db/pool.ts';
import { loadContacts } from '../../contacts/index.ts';
import type { DueBy } from '../../evaluation/index.ts';
import type { EventTypes } from '../../events/index.ts';
import { appendWithin, LANES, type Json, type SlotItem } from '../../inbox/index.ts';
import { lockFreeSlots, lockSlots, slotOf } from '../../slots/index.ts';
import { buryItems, type Burial } from '../dead-events.ts';
import { halve } from '../halve.ts';
import { applyPart, isLoud, type ApplyParts, type BatchParts } from './apply-part.ts';
import { findHeld } from './held-elsewhere.ts';
import { UNPACED, type DuePace } from './due-pace.ts';
import { followRuns, hear } from './hear.ts';
import { beyondRounds, splitBlocked } from './plan-rounds.ts';
import { oldestQueued, putBack, readMarks, takeQueue, type Queued } from './queue.ts';
import type { CausedItem, PendingFact, ToIndex } from './working-set.ts';
import { touchesOfFacts } from './touches.ts';
import { writeFacts } from './write-facts.ts';

export interface ApplyOptions {
  clock: () => Date;
  /** Which slots to own: so many free ones from `first` on, or just these, waiting for them. */
  claim: { first: number; limit: number } | { slots: number[] };
  /** Items and steps a batch handles at most. */
  limit?: number;
  /** How many of those that are due it follows. */
  pace?: DuePace;
  does?: Does;
  /** Items wait meanwhile, for batches of their own. */
  besideItems?: boolean;
}

/** Applies items and follows what is due, or one of them alone. */
export type Does = 'everything' | 'items' | 'due';

export interface Applied {
  items: number;
  steps: number;
  /** Somebody waits for an outcome. */
  answered: boolean;
  /** Items may have planned deliveries. */
  planned: boolean;
  /** The slots that it owned, and could do its part in. */
  owned: number[];
  /** Slots that something needs together; the next batch should claim them. */
  wanted: number[];
  /** Work was left in these slots. */
  more: boolean;
  /** Some of it is due. */
  moreDue: boolean;
}

const NOTHING: Applied = {
  items: 0,
  steps: 0,
  answered: false,
  planned: false,
  owned: [],
  wanted: [],
  more: false,
  moreDue: false,
};

/** Facts of one contact that something looks at, in one batch: each is a round of statements. */
const MOST_ROUNDS = 50;

/** Rounds of steps that cause facts that start runs, in one batch; the rest follows in the next. */
const MOST_CASCADES = 20;

/**
 * One batch of a worker: owns some slots for a transaction, applies what stands in their queues in
 * order of arrival, then lets the runs that are due take their steps.
 */
export async function applyBatch(
  pool: Pool,
  parts: ApplyParts,
  {
    clock,
    claim,
    limit = 2000,
    pace = UNPACED,
    does = 'everything',
    besideItems = false,
  }: ApplyOptions,
): Promise<Applied> {
  return inTransaction(
    pool,
    async (tx) => {
      const owned = await own(tx, parts, claim);
      // What stands in a slot's queue goes before its due steps.
      const slots = does === 'due' ? await withoutQueued(tx, owned) : owned;
      if (slots.length === 0) return NOTHING;
      await parts.types.refresh(tx);
      const batch: BatchParts = {
        ...parts,
        engine: await parts.engine.begin(tx),
        live: await parts.live.begin(tx, { slots, now: clock() }),
        slot: Math.min(...slots),
        toIndex: [],
        caused: [],
      };
      // Read before the queues: what arrived by these marks stands in them.
      const marks = await readMarks(tx);
      const taken = does === 'due' ? [] : await takeQueue(tx, { slots, limit });
      const { entries, held } = await findHeld(tx, { entries: taken, slots: parts.slots });
      const crowd = beyondRounds(entries, (entry) => isLoud(entry, batch), MOST_ROUNDS);
      const { ready, blocked, together } = splitBlocked(entries, {
        held: new Set([...held, ...crowd]),
      });
      await putBack(tx, { entries: blocked });
      const now = clock();
      await applyItems(tx, batch, { entries: ready, now });
      const beside = besideItems || taken.length > 0;
      const most = Math.min(limit, Math.max(taken.length, pace.most({ beside })));
      const began = performance.now();
      const steps =
        does === 'items'
          ? { handled: 0, more: false }
          : await runSteps(tx, batch, { slots, marks, now, limit: most });
      pace.took({ handled: steps.handled, ms: performance.now() - began });
      // Last, because nothing else arrives until the commit.
      await appendIndexed(tx, { toIndex: batch.toIndex, clock });
      await appendCaused(tx, { caused: batch.caused, clock });
      return {
        items: ready.length,
        steps: steps.handled,
        answered: ready.some((entry) => 'ticket' in entry.item && entry.item.ticket !== undefined),
        planned: ready.some(({ item }) => plansSend(item)),
        owned: slots,
        wanted: [...new Set(together.map((id) => slotOf(id, parts.slots)))],
        more: taken.length >= limit || steps.more,
        moreDue: steps.more,
      };
    },
    { retries: 5 },
  );
}

function plansSend(item: SlotItem): boolean {
  return item.kind === 'send' || (item.kind === 'identify' && item.wants !== undefined);
}

/** In the lane that is taken first: whoever waited for the change may count on it. */
async function appendIndexed(
  tx: Tx,
  { toIndex, clock }: { toIndex: ToIndex[]; clock: () => Date },
): Promise<void> {
  for (const [workspaceId, some] of Map.groupBy(toIndex, (one) => one.workspaceId)) {
    const items = some.map(({ item }) => item);
    await appendWithin(tx, { workspaceId, lane: LANES.interactive, items, clock });
  }
}

/** What runs did, behind all that arrived before. */
async function appendCaused(
  tx: Tx,
  { caused, clock }: { caused: CausedItem[]; clock: () => Date },
): Promise<void> {
  for (const [workspaceId, some] of Map.groupBy(caused, (one) => one.workspaceId)) {
    const items = some.map(({ item }) => item);
    await appendWithin(tx, { workspaceId, lane: LANES.stream, items, clock });
  }
}

async function withoutQueued(tx: Tx, slots: number[]): Promise<number[]> {
  const queued = await oldestQueued(tx, { slots });
  return slots.filter((slot) => !queued.has(slot));
}

async function own(tx: Tx, { slots }: ApplyParts, claim: ApplyOptions['claim']): Promise<number[]> {
  if (!('slots' in claim)) return lockFreeSlots(tx, { ...claim, slots });
  await lockSlots(tx, { slots: claim.slots });
  return claim.slots;
}

async function applyItems(
  tx: Tx,
  parts: BatchParts,
  { entries, now }: { entries: Queued[]; now: Date },
): Promise<void> {
  const burials: Burial[] = [];
  await halve(tx, entries, {
    attempt: async (part) => {
      // What a part that failed had to tell did not happen.
      const toIndex: ToIndex[] = [];
      parts.engine.takeRunMoves();
      await applyPart(tx, { ...parts, toIndex }, { entries: part, now });
      parts.toIndex.push(...toIndex);
    },
    giveUp: (entry, cause) => burials.push(burialOf(entry, cause)),
  });
  await buryItems(tx, { burials, now });
}

function burialOf({ slot: _slot, seq: _seq, ...entry }: Queued, cause: unknown): Burial {
  const { workspaceId, contactId, lane, receivedAt, item } = entry;
  return {
    workspaceId,
    stage: 'apply',
    lane,
    contactId,
    kind: item.kind,
    item: entry,
    receivedAt,
    reason: sqlState(cause) ? `database_${sqlState(cause)}` : 'not_applicable',
    detail: cause instanceof Error ? cause.message : String(cause),
  };
}

/** Steps of the owned slots that no earlier arrival precedes, and what their facts set off. */
async function runSteps(
  tx: Tx,
  parts: BatchParts,
  {
    slots,
    marks,
    now,
    limit,
  }: { slots: number[]; marks: Map<number, number>; now: Date; limit: number },
): Promise<{ handled: number; more: boolean }> {
  const oldest = await oldestQueued(tx, { slots });
  const timed = await followTime(tx, parts, { slots, marks, oldestQueued: oldest, now, limit });
  // Runs that are due wait for every membership that was due before them.
  if (timed >= limit) return { handled: timed, more: true };
  let handled = timed;
  for (let turn = 0; turn < MOST_CASCADES; turn += 1) {
    const left = limit - handled;
    const turned = await parts.engine.runDueSteps(tx, {
      slots,
      marks,
      oldestQueued: oldest,
      now,
      limit: left,
      isFollowed: (fact) => isFollowed(fact, parts),
    });
    handled += turned.handled;
    parts.caused.push(...turned.items);
    await reactToCaused(tx, parts, { pending: turned.facts, now });
    await followRuns(tx, parts, { now });
    if (turned.handled === 0) return { handled, more: turned.more };
    if (handled >= limit) break;
  }
  return { handled, more: true };
}

/** Some rule mentions what the fact says. */
function isFollowed(fact: PendingFact, { live }: Pick<BatchParts, 'live'>): boolean {
  return touchesOfFacts([fact]).some(({ workspaceId, keys }) =>
    [...keys].some((key) => live.mentions(workspaceId, key)),
  );
}

/**
 * What time alone did to memberships, and what that sets off. A membership that does not change at its
 * instant may do so at a later one that is over, too: runs wait for that one as well.
 */
async function followTime(tx: Tx, parts: BatchParts, due: DueBy): Promise<number> {
  const { types, slot } = parts;
  let handled = 0;
  for (;;) {
    const limit = due.limit - handled;
    const followed = await parts.live.followTime(tx, { ...due, limit });
    handled += followed.handled;
    if (followed.facts.length > 0) {
      const { facts: pending } = followed;
      const facts = await writeFacts(tx, { pending, types, slot, now: due.now });
      await hear(tx, parts, { facts, now: due.now });
    }
    if (followed.handled === 0 || handled >= due.limit) return handled;
  }
}

async function reactToCaused(
  tx: Tx,
  parts: BatchParts,
  { pending, now }: { pending: PendingFact[]; now: Date },
): Promise<void> {
  if (pending.length === 0) return;
  const { live, types, slot, toIndex } = parts;
  toIndex.push(...indexedAmong(pending, types));
  const facts = await writeFacts(tx, { pending, types, slot, now });
  const touches = touchesOfFacts(pending);
  const contacts = await loadContacts(tx, { ids: touches.map(({ contactId }) => contactId) });
  const moved = await live.follow(tx, { touches, contacts, now });
  const entries = await writeFacts(tx, { pending: moved, types, slot, now });
  await hear(tx, parts, { facts: [...facts, ...entries], now });
}

/** Fields that steps of runs changed, and by which their contacts are found. */
function indexedAmong(pending: PendingFact[], types: EventTypes): ToIndex[] {
  return pending.flatMap(({ workspaceId, contactId, type, params, occurredAt, source }) => {
    if (type !== 'FieldChanged') return [];
    const indexed = types.indexedFields(workspaceId);
    return (params['changes'] as { field: string; to: Json }[])
      .filter(({ field }) => indexed.has(field))
      .map(({ field, to }) => ({
        workspaceId,
        item: {
          kind: 'index',
          ids: [['contact', String(contactId)]],
          at: occurredAt,
          source,
          field,
          value: to,
          weak: false,
        },
      }));
  });
}
