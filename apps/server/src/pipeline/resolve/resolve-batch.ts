import { inTransaction } from '../../db/transaction.ts';
import { sqlState, type Pool, type Tx } from '../../db/pool.ts';
import { LANES } from '../../inbox/index.ts';
import { ARRIVAL_LOCK } from '../../inbox/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import { readIndexedRules, registerFields } from '../../contacts/index.ts';
import { registerLists } from '../../segments/index.ts';
import { buryItems, type Burial } from '../dead-events.ts';
import { halve } from '../halve.ts';
import { writeOutcomes } from '../outcomes.ts';
import {
  advanceIdleMarks,
  deletedContacts,
  deleteIdentifiers,
  existingContacts,
  findIdentifiers,
  findOrderOwners,
  identifiersOfContacts,
  insertOrderOwners,
  lockResolver,
  mintContactIds,
  oldestArrival,
  setMark,
  takeInbox,
  upsertIdentifiers,
  type Arrived,
} from './queries.ts';
import { readIdentityRules } from './identity-rules.ts';
import {
  insertMerges,
  markParted,
  mergesAround,
  mintMergeIds,
  saveRechosen,
} from './merge-queries.ts';
import type { Lookups } from './load-batch.ts';
import { resolveItems } from './resolve-items.ts';

export interface ResolveOptions {
  workspaceId: number;
  slots: number;
  clock: () => Date;
  limit?: number;
}

export interface Resolved {
  /** Somebody else resolves this workspace just now. */
  busy: boolean;
  items: number;
  /** Interactive calls may have got their answer. */
  answered: boolean;
}

/**
 * One transaction of a workspace's resolver: takes the next items in order of arrival, finds their
 * contacts, writes `identifiers`, and hands every item to the queue of its contact's slot.
 */
export async function resolveBatch(
  pool: Pool,
  { workspaceId, slots, clock, limit = 5000 }: ResolveOptions,
): Promise<Resolved> {
  return inTransaction(
    pool,
    async (tx) => {
      if (!(await lockResolver(tx, { workspaceId })))
        return { busy: true, items: 0, answered: false };
      const arrived = await takeBoth(tx, { workspaceId, limit });
      if (arrived.length === 0) return { busy: false, items: 0, answered: false };
      const now = clock();
      const buried: Burial[] = [];
      await halve(tx, arrived, {
        attempt: (part) => resolvePart(tx, { workspaceId, slots, arrived: part, now }),
        giveUp: (entry, cause) => buried.push(burialOf(workspaceId, entry, cause)),
      });
      await buryItems(tx, { burials: buried, now });
      await setMark(tx, { workspaceId, mark: await markAfter(tx, { workspaceId, arrived }) });
      return {
        busy: false,
        items: arrived.length,
        answered: arrived.some((entry) => entry.item.ticket),
      };
    },
    { retries: 5 },
  );
}

async function takeBoth(
  tx: Tx,
  { workspaceId, limit }: { workspaceId: number; limit: number },
): Promise<Arrived[]> {
  const interactive = await takeInbox(tx, { workspaceId, lane: LANES.interactive, limit });
  if (interactive.length >= limit) return interactive;
  const stream = await takeInbox(tx, { workspaceId, lane: LANES.stream, limit });
  return [...interactive, ...stream];
}

async function resolvePart(
  tx: Tx,
  {
    workspaceId,
    slots,
    arrived,
    now,
  }: { workspaceId: number; slots: number; arrived: Arrived[]; now: Date },
): Promise<void> {
  await registerFields(tx, { workspaceId, items: arrived.map((entry) => entry.item), now });
  const named = await withListIds(tx, { workspaceId, arrived, now });
  const rules = await readIdentityRules(tx, { workspaceId });
  const indexed = await readIndexedRules(tx, { workspaceId });
  const resolution = await resolveItems(lookups(tx, workspaceId), {
    workspaceId,
    arrived: named,
    rules,
    indexed,
  });
  await deleteIdentifiers(tx, { workspaceId, rows: resolution.removed });
  await upsertIdentifiers(tx, { workspaceId, rows: resolution.upserted });
  await insertMerges(tx, { workspaceId, merges: resolution.merges, now });
  await markParted(tx, { parted: resolution.parted, now });
  await saveRechosen(tx, { rechosen: resolution.rechosen });
  await enqueueStamped(tx, { stamped: resolution.stamped, slots });
  await insertOrderOwners(tx, { workspaceId, orders: resolution.orders });
  await writeOutcomes(tx, { ...resolution, now });
  await buryItems(tx, {
    burials: resolution.refused.map(({ arrived: entry, code, message }) => ({
      ...burialOf(workspaceId, entry, new Error(message)),
      reason: code,
    })),
    now,
  });
}

async function withListIds(
  tx: Tx,
  { workspaceId, arrived, now }: { workspaceId: number; arrived: Arrived[]; now: Date },
): Promise<Arrived[]> {
  const items = await registerLists(tx, {
    workspaceId,
    items: arrived.map((entry) => entry.item),
    now,
  });
  return arrived.map((entry, i) => ({ ...entry, item: items[i]! }));
}

export function lookups(tx: Tx, workspaceId: number): Lookups {
  return {
    find: (values) => findIdentifiers(tx, { workspaceId, values }),
    ofContacts: (contactIds) => identifiersOfContacts(tx, { workspaceId, contactIds }),
    existing: (contactIds) => existingContacts(tx, { workspaceId, contactIds }),
    deleted: (contactIds) => deletedContacts(tx, { workspaceId, contactIds }),
    mint: (n) => mintContactIds(tx, { n }),
    orderOwners: (externalOrderIds) => findOrderOwners(tx, { workspaceId, externalOrderIds }),
    mintMerges: (n) => mintMergeIds(tx, { n }),
    mergesAround: (mergeIds) => mergesAround(tx, { workspaceId, mergeIds }),
  };
}

function burialOf(workspaceId: number, entry: Arrived, cause: unknown): Burial {
  return {
    workspaceId,
    stage: 'resolve',
    lane: entry.lane,
    contactId: null,
    kind: entry.item.kind,
    item: entry.item,
    receivedAt: entry.receivedAt,
    reason: sqlState(cause) ? `database_${sqlState(cause)}` : 'not_resolvable',
    detail: cause instanceof Error ? cause.message : String(cause),
  };
}

/** All that arrived by the mark is in the slots' queues. */
async function markAfter(
  tx: Tx,
  { workspaceId, arrived }: { workspaceId: number; arrived: Arrived[] },
): Promise<Date> {
  const oldest = await oldestArrival(tx, { workspaceId });
  if (oldest) return new Date(oldest.getTime() - 1);
  return new Date(arrived.reduce((latest, entry) => Math.max(latest, entry.receivedAt), 0));
}

/**
 * Moves the marks of workspaces without arrivals up to now, so that their timers may fire. Whoever
 * holds the arrival lock at T knows that every flush that began before T has committed.
 */
export async function advanceMarks(pool: Pool, { clock }: { clock: () => Date }): Promise<void> {
  const mark = await inTransaction(pool, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(${ARRIVAL_LOCK})`);
    return clock();
  });
  await advanceIdleMarks(pool, { mark });
}
