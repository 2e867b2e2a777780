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
import type { Settle, SettledMoves } from './settled.ts';
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

/** What is told of one kind of such work; how it is done takes what other rooms know. */
type Told = Omit<WorkKind, 'slice'>;

/** Takes everybody out of a list who is in it when the work begins. */
const emptyList: Told = {
  kind: 'segments.empty',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
  undo: ({ segment, name }, job) => ({
    kind: 'segments.put_back',
    input: { segment: segment!, name: name!, job },
  }),
  settles: true,
};

/** Puts back whom that job took out. */
const putBack: Told = {
  kind: 'segments.put_back',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
};

/** Puts those who are in one segment when the work begins into a list. */
const copyMembers: Told = {
  kind: 'segments.copy',
  right: 'segments.write',
  about: ({ segment, name }) => ({ segment: segment!, name: name! }),
};

/**
 * Puts each who is in a segment when the work begins into one of several lists, at random. It settles,
 * so that nobody enters them after an undo has looked whether they were changed.
 */
const splitList: Told = {
  kind: 'segments.split',
  right: 'segments.write',
  about: ({ segment, name, lists }) => ({ segment: segment!, name: name!, lists: lists! }),
  undo: (input) => ({ kind: UNSPLIT, input }),
  settles: true,
};

/** What is left to do when a split was taken back: its lists went as it was asked for. */
const unsplit: Told = { kind: UNSPLIT, right: 'segments.write', about: splitList.about };

/** What is told of such work. */
export const segmentKinds: Told[] = [emptyList, putBack, copyMembers, splitList, unsplit];

export interface SegmentWorkParts {
  findSegmentUses: FindSegmentUses;
  /** What time did to a dynamic segment that nobody has written down yet. */
  settle: Settle;
}

/** How it is done. */
export function segmentWork({ findSegmentUses, settle }: SegmentWorkParts): WorkKind[] {
  const membersFrom = nextMembers('from', settle);
  const emptying: Course = {
    nextBatch: nextMembers('segment', settle),
    changeOf: ({ input }) => ({ lists: { remove: [Number(input['segment'])] }, cause: 'emptied' }),
  };
  const puttingBack: Course = {
    nextBatch: nextOfJob,
    changeOf: ({ input }) => ({ lists: { add: [Number(input['segment'])] }, cause: 'put_back' }),
  };
  const copying: Course = {
    nextBatch: membersFrom,
    changeOf: ({ input }) => ({ lists: { add: [Number(input['segment'])] }, cause: 'copied' }),
  };
  const splitting: Course = {
    nextBatch: (tx, work, after) => dealMembers(tx, { work, after, settle, membersFrom }),
    changeOf: (_work, into) => ({ lists: { add: [into!] }, cause: 'split' }),
  };
  const doing = (course: Course): Pick<WorkKind, 'slice'> => ({
    slice: (tx, work, options) => doSlice(tx, work, options, course),
  });
  return [
    { ...emptyList, ...doing(emptying) },
    { ...putBack, ...doing(puttingBack) },
    { ...copyMembers, ...doing(copying) },
    {
      ...splitList,
      ...doing(splitting),
      async beforeUndo(tx, { workspaceId, input, by }) {
        const ids = listsIn(input).map(({ id }) => Number(id));
        await undoSplit(tx, { workspaceId, by, ids, findSegmentUses });
      },
    },
    {
      ...unsplit,
      async slice(_tx, { input }) {
        const { length } = listsIn(input);
        return { cursor: {}, next: 'finished', total: length, done: length };
      },
    },
  ];
}

function listsIn(input: JsonObject): { id: string; name: string }[] {
  return input['lists'] as { id: string; name: string }[];
}

function nextMembers(member: 'segment' | 'from', settle: Settle): Course['nextBatch'] {
  return async (tx, work, after) => {
    const members = await membersWhenBegun(tx, { work, member, settle });
    const rows = await membersOf(tx, {
      ...members,
      order: 'contact',
      descending: false,
      after: after > 0 ? { contact_id: after, entered_at: work.createdAt } : undefined,
      limit: PAGE,
    });
    return {
      contactIds: rows.map((row) => row.contact_id),
      after: rows.at(-1)?.contact_id ?? after,
    };
  };
}

/** Who is in a segment when the work begins, with what time did to it until then. */
async function membersWhenBegun(
  tx: Tx,
  { work, member, settle }: { work: Work; member: 'segment' | 'from'; settle: Settle },
): Promise<{ segmentId: number; enteredBy: Date; settled: SettledMoves | undefined }> {
  const { workspaceId, input, createdAt } = work;
  const segmentId = Number(input[member]);
  const moves = await settle(tx, { workspaceId, segmentIds: [segmentId], now: createdAt });
  return { segmentId, enteredBy: createdAt, settled: moves.get(segmentId) };
}

async function nextOfJob(tx: Tx, { input }: Work, after: number): Promise<Batch> {
  const changes = await readChanges(tx, { jobId: Number(input['job']), after });
  return changes
    ? { contactIds: changes.contact_ids, after: changes.slice }
    : { contactIds: [], after };
}

/** The next members, each with the list that it goes into. */
async function dealMembers(
  tx: Tx,
  {
    work,
    after,
    settle,
    membersFrom,
  }: { work: Work; after: number; settle: Settle; membersFrom: Course['nextBatch'] },
): Promise<Batch> {
  const { input, cursor } = work;
  const split = input['split'] as unknown as Split;
  const lists = listsIn(input);
  const places =
    (cursor?.['left'] as number[] | undefined) ??
    quotasOf(
      split,
      await countMembers(tx, await membersWhenBegun(tx, { work, member: 'from', settle })),
    );
  const batch = await membersFrom(tx, work, after);
  const { into, left } = dealOut(batch.contactIds.length, places, randomInt);
  return { ...batch, into: into.map((place) => Number(lists[place]!.id)), left };
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
