import { randomInt } from 'node:crypto';
import type { Tx } from '../db/index.ts';
import type { ItemOutcome, JsonObject, MembershipItem } from '../inbox/index.ts';
import {
  collectOutcomes,
  readChanges,
  ticketOf,
  type Slice,
  type SliceOptions,
  type Work,
  type WorkKind,
} from '../jobs/index.ts';
import { countMembers, membersOf } from './members.ts';
import type { FindSegmentUses } from './refuse-used.ts';
import { dealOut, quotasOf, type Split } from './split-members.ts';
import { undoSplit } from './undo-split.ts';

/** Contacts of one slice. */
const PAGE = 500;

const UNSPLIT = 'segments.unsplit';

/** Some contacts, and where the next ones begin. */
interface Batch {
  contactIds: number[];
  after: number;
  /** The list that each of them goes into, where they part. */
  into?: number[];
  /** How many places are left in each, then. */
  left?: number[];
}

interface Course {
  nextBatch: (tx: Tx, work: Work, after: number) => Promise<Batch>;
  changeOf: (work: Work, into: number | undefined) => Pick<MembershipItem, 'lists' | 'cause'>;
}

/** Takes everybody out of a list who is in it when the work begins. */
const emptyList: WorkKind = {
  kind: 'segments.empty',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
  undo: ({ segment, name }, job) => ({
    kind: 'segments.put_back',
    input: { segment: segment!, name: name!, job },
  }),
  settles: true,
  slice: (tx, work, options) =>
    doSlice(tx, work, options, {
      nextBatch: nextMembers('segment'),
      changeOf: ({ input }) => ({
        lists: { remove: [Number(input['segment'])] },
        cause: 'emptied',
      }),
    }),
};

/** Puts back whom that job took out. */
const putBack: WorkKind = {
  kind: 'segments.put_back',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
  slice: (tx, work, options) =>
    doSlice(tx, work, options, {
      async nextBatch(within, { input }, after) {
        const changes = await readChanges(within, { jobId: Number(input['job']), after });
        return changes
          ? { contactIds: changes.contact_ids, after: changes.slice }
          : { contactIds: [], after };
      },
      changeOf: ({ input }) => ({ lists: { add: [Number(input['segment'])] }, cause: 'put_back' }),
    }),
};

/** Puts those who are in one list when the work begins into another. */
const copyMembers: WorkKind = {
  kind: 'segments.copy',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
  slice: (tx, work, options) =>
    doSlice(tx, work, options, {
      nextBatch: nextMembers('from'),
      changeOf: ({ input }) => ({ lists: { add: [Number(input['segment'])] }, cause: 'copied' }),
    }),
};

/**
 * Puts each who is in a list when the work begins into one of several, at random. It settles, so that
 * nobody enters them after an undo has looked whether they were changed.
 */
const splitList: WorkKind = {
  kind: 'segments.split',
  right: 'segments.write',
  about: ({ segment, name, lists }) => ({ segment: segment!, name: name!, lists: lists! }),
  undo: (input) => ({ kind: UNSPLIT, input }),
  settles: true,
  slice: (tx, work, options) =>
    doSlice(tx, work, options, {
      async nextBatch(within, { input, cursor, createdAt }, after) {
        const split = input['split'] as unknown as Split;
        const lists = listsIn(input);
        const members = { segmentId: Number(input['from']), enteredBy: createdAt };
        const places =
          (cursor?.['left'] as number[] | undefined) ??
          quotasOf(split, await countMembers(within, members));
        const batch = await nextMembers('from')(within, work, after);
        const { into, left } = dealOut(batch.contactIds.length, places, randomInt);
        return { ...batch, into: into.map((place) => Number(lists[place]!.id)), left };
      },
      changeOf: (_work, into) => ({ lists: { add: [into!] }, cause: 'split' }),
    }),
};

/** What is left to do when a split was taken back: its lists went as it was asked for. */
const unsplit: WorkKind = {
  kind: UNSPLIT,
  right: 'segments.write',
  about: splitList.about,
  async slice(_tx, { input }) {
    const { length } = listsIn(input);
    return { cursor: {}, next: 'finished', total: length, done: length };
  },
};

/** What is told of such work, and how it is done. */
export const segmentKinds: WorkKind[] = [emptyList, putBack, copyMembers, splitList, unsplit];

/** The same, with what a way back has to know of other rooms. */
export function segmentWork(parts: { findSegmentUses: FindSegmentUses }): WorkKind[] {
  return segmentKinds.map((kind) => (kind === splitList ? splitWork(parts) : kind));
}

function splitWork({ findSegmentUses }: { findSegmentUses: FindSegmentUses }): WorkKind {
  return {
    ...splitList,
    async beforeUndo(tx, { workspaceId, input, by }) {
      const ids = listsIn(input).map(({ id }) => Number(id));
      await undoSplit(tx, { workspaceId, by, ids, findSegmentUses });
    },
  };
}

function listsIn(input: JsonObject): { id: string; name: string }[] {
  return input['lists'] as { id: string; name: string }[];
}

function nextMembers(member: 'segment' | 'from'): Course['nextBatch'] {
  return async (tx, { input, createdAt }, after) => {
    const rows = await membersOf(tx, {
      segmentId: Number(input[member]),
      order: 'contact',
      descending: false,
      after: after > 0 ? { contact_id: after, entered_at: createdAt } : undefined,
      enteredBy: createdAt,
      limit: PAGE,
    });
    return {
      contactIds: rows.map((row) => row.contact_id),
      after: rows.at(-1)?.contact_id ?? after,
    };
  };
}

/** Hands over a batch and, in the slice after it, tells what became of the one before. */
async function doSlice(
  tx: Tx,
  work: Work,
  { leaving }: SliceOptions,
  { nextBatch, changeOf }: Course,
): Promise<Slice> {
  const { after, waiting } = readCursor(work);
  const { id, slice } = work;
  const outcomes = await collectOutcomes(tx, { id, slice: slice - 1, n: waiting });
  if (!outcomes) return { cursor: work.cursor!, next: 'look again' };
  const batch = leaving ? { contactIds: [], after } : await nextBatch(tx, work, after);
  const items = batch.contactIds.map((contactId, n): MembershipItem => ({
    kind: 'membership',
    ids: [['contact', String(contactId)]],
    at: work.createdAt.getTime(),
    source: work.actor.kind === 'user' ? 'manual' : 'api',
    ticket: ticketOf(work, n),
    ...changeOf(work, batch.into?.[n]),
  }));
  return {
    cursor: {
      after: batch.after,
      waiting: items.length,
      ...(batch.left && { left: batch.left }),
    },
    next: items.length > 0 ? 'go on' : 'finished',
    items,
    ...told(outcomes),
  };
}

function readCursor({ cursor }: Work): { after: number; waiting: number } {
  const { after = -1, waiting = 0 } = (cursor ?? {}) as { after?: number; waiting?: number };
  return { after, waiting };
}

function told(outcomes: ItemOutcome[]): Pick<Slice, 'done' | 'errors' | 'changed'> {
  const applied = outcomes.filter((outcome) => outcome.ok);
  return {
    done: applied.length,
    changed: applied.filter(isChanged).map(({ contactId }) => contactId),
    errors: outcomes.flatMap((outcome) => (outcome.ok ? [] : [{ message: outcome.message }])),
  };
}

function isChanged(outcome: JsonObject): boolean {
  return Number(outcome['changed']) > 0;
}
