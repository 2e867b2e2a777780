import { bulkActionSchema } from '@perennial/contracts';
import type { Tx } from '../../db/index.ts';
import { Problem, type Origin } from '../../http/index.ts';
import type { InboxItem, ItemOutcome, JsonObject } from '../../inbox/index.ts';
import {
  collectOutcomes,
  ticketOf,
  type Slice,
  type SliceOptions,
  type Work,
  type WorkError,
  type WorkKind,
} from '../../jobs/index.ts';
import type { ContactQuestions } from '../filter/contact-sources.ts';
import { itemActions, itemsOf, type Action, type TakeBack } from './actions.ts';
import {
  asInput,
  asSelection,
  findSlice,
  isUnread,
  nextContacts,
  type Part,
  type Place,
} from './selection.ts';

export const BULK = 'contacts.bulk';

/** What rooms to the right do for bulk actions. */
export interface BulkParts {
  questions: ContactQuestions;
  /**
   * The addresses are written to no more, from the commit on. Answers the contacts by whom that
   * was not so before.
   */
  unsubscribe: (
    tx: Tx,
    options: {
      workspaceId: number;
      channel: 'email' | 'sms';
      addresses: { contactId: number; address: string }[];
      jobId: number;
      by: string;
      now: Date;
    },
  ) => Promise<number[]>;
  /** What that job alone asked for; answers the contacts of whom something was left of it. */
  takeBackUnsubscribed: (
    tx: Tx,
    options: { workspaceId: number; jobId: number; contactIds: number[]; by: string; now: Date },
  ) => Promise<number[]>;
  /** Why a list that was deleted with its contacts cannot come back with them. */
  whyNotBack: (db: Tx, options: { workspaceId: number; id: number }) => Promise<string | undefined>;
  /** Brings it back; answers why not. */
  bringBackList: (
    tx: Tx,
    options: { workspaceId: number; id: number; by: Origin },
  ) => Promise<string | undefined>;
}

/** Contacts that are handed over at once, and waited for. */
const AT_ONCE = 1000;

/** How far the job is; `waiting` are the contacts of the last slice, in the order of their items. */
interface Cursor extends Place {
  slice?: number;
  waiting?: number[];
  changed?: number;
}

/** What is told of such a job, whoever does it. */
export const bulkKind: Omit<WorkKind, 'slice'> = {
  kind: BULK,
  right: 'contacts.write',
  about: (input) => aboutOf(readAction(input), asSelection(input['selection'])),
  settles: true,
  undo(input, jobId) {
    // Taking back what took something back would go on for ever.
    if ('changedBy' in asSelection(input['selection'])) return undefined;
    const undo = undoOf(readAction(input), jobId);
    return (
      undo && {
        kind: BULK,
        input: { ...bulkInput(undo, { changedBy: jobId }), ...listGone(input) },
      }
    );
  },
};

export function bulkWork(parts: BulkParts): WorkKind {
  return {
    ...bulkKind,
    async beforeUndo(tx, { workspaceId, input, rights }) {
      const { list } = listGone(input);
      if (list === undefined) return;
      if (!rights.has('segments.write')) {
        throw new Problem('forbidden', {
          detail: 'The list comes back with its contacts: that takes segments.write.',
        });
      }
      const detail = await parts.whyNotBack(tx, { workspaceId, id: list });
      if (detail !== undefined) throw new Problem('conflict', { detail });
    },
    slice: (tx, work, options) => sliceOf(tx, parts, { work, ...options }),
  };
}

/** The list that was deleted with the contacts, if one was. */
function listGone(input: JsonObject): { list?: number } {
  const list = input['list'];
  return typeof list === 'number' ? { list } : {};
}

function undoOf(action: Action | TakeBack, jobId: number): Action | TakeBack | undefined {
  if (action.kind === 'take_back') return undefined;
  if (action.kind === 'unsubscribe') return { kind: 'take_back', action, job: jobId };
  const undo = itemActions[action.kind].undo as (typeof itemActions)['set_field']['undo'];
  return undo?.(action as never, jobId);
}

export function bulkInput(
  action: Action | TakeBack,
  selection: Parameters<typeof asInput>[0],
): JsonObject {
  const isBack = action.kind === 'take_back';
  return {
    action: bulkActionSchema.encode(isBack ? action.action : action),
    selection: asInput(selection),
    ...(isBack && { takesBack: action.job }),
  };
}

function readAction(input: JsonObject): Action | TakeBack {
  const action = bulkActionSchema.parse(input['action']);
  const job = input['takesBack'];
  return typeof job === 'number' ? { kind: 'take_back', action, job } : action;
}

/** Values may say who somebody is, so they are not told. */
function aboutOf(action: Action | TakeBack, selection: object): JsonObject {
  const done = action.kind === 'take_back' ? action.action : action;
  const shown = bulkActionSchema.encode(done) as JsonObject & { value?: unknown };
  const { value: _value, ...rest } = shown;
  return { ...rest, undoing: 'changedBy' in selection };
}

async function sliceOf(
  tx: Tx,
  parts: BulkParts,
  { work, now, leaving }: { work: Work } & SliceOptions,
): Promise<Slice> {
  const cursor = (work.cursor ?? {}) as Cursor;
  const selection = asSelection(work.input['selection']);
  if (!leaving && isUnread(selection, cursor)) {
    const { questions } = parts;
    return findSlice(tx, { work, selection, size: AT_ONCE, questions, now });
  }
  const settled = await settle(tx, { work, cursor });
  if (!settled) return { cursor: work.cursor ?? {}, next: 'look again' };
  const part = leaving
    ? { ids: [], place: {} }
    : await nextContacts(tx, { jobId: work.id, selection, place: cursor, limit: AT_ONCE });
  const begun = await begin(tx, parts, { work, part, now });
  const found = [...settled.changed, ...begun.changed];
  const changed = (cursor.changed ?? 0) + found.length;
  const isLast = part.ids.length === 0;
  const missed = isLast && 'changedBy' in selection ? await returnList(tx, parts, work, now) : [];
  return {
    cursor: {
      ...part.place,
      slice: work.slice,
      changed,
      ...(begun.items.length > 0 && { waiting: part.ids }),
    },
    next: isLast ? 'finished' : 'go on',
    done: settled.done + begun.done,
    errors: [...settled.errors, ...begun.errors, ...missed],
    changed: found,
    items: begun.items,
    ...(isLast && { result: { changed } }),
  };
}

/**
 * The list that went with the contacts comes back behind them: of a list that is deleted neither exits
 * nor entries are told, so nothing starts anew for those who were in it all along.
 */
async function returnList(
  tx: Tx,
  parts: BulkParts,
  { workspaceId, input, actor }: Work,
  now: Date,
): Promise<WorkError[]> {
  const { list: id } = listGone(input);
  if (id === undefined) return [];
  const by = { workspaceId, actor, at: now };
  const message = await parts.bringBackList(tx, { workspaceId, id, by });
  return message === undefined ? [] : [{ subject: 'The list', message }];
}

interface Settled {
  done: number;
  errors: WorkError[];
  changed: number[];
}

/** What became of the last slice; undefined while some of it is still being applied. */
async function settle(
  tx: Tx,
  { work, cursor }: { work: Work; cursor: Cursor },
): Promise<Settled | undefined> {
  const { waiting = [], slice = 0 } = cursor;
  if (waiting.length === 0) return { done: 0, errors: [], changed: [] };
  const outcomes = await collectOutcomes(tx, { id: work.id, slice, n: waiting.length });
  if (!outcomes) return undefined;
  const action = readAction(work.input);
  const isChange = changeTest(action);
  const settled: Settled = { done: 0, errors: [], changed: [] };
  outcomes.forEach((outcome, i) => tally(settled, outcome, waiting[i]!, isChange));
  return settled;
}

function changeTest(action: Action | TakeBack): IsChange | undefined {
  if (action.kind === 'unsubscribe') return undefined;
  return action.kind === 'take_back' ? tookBack : itemActions[action.kind].changed;
}

type IsChange = (outcome: Extract<ItemOutcome, { ok: true }>) => boolean;

const tookBack: IsChange = ({ changed }) => Number(changed ?? 0) > 0;

function tally(
  settled: Settled,
  outcome: ItemOutcome,
  contactId: number,
  isChange: IsChange | undefined,
): void {
  if (!outcome.ok) {
    settled.errors.push({ contactId, message: messageOf(outcome) });
    return;
  }
  settled.done += 1;
  // A contact that was merged meanwhile goes on as its survivor.
  if (isChange?.(outcome)) settled.changed.push(outcome.contactId);
}

function messageOf(outcome: Extract<ItemOutcome, { ok: false }>): string {
  const errors = outcome['errors'] as { message: string }[] | undefined;
  return errors ? errors.map(({ message }) => message).join(' ') : outcome.message;
}

interface Begun extends Settled {
  items: InboxItem[];
}

/** Hands over what is an item for each contact, and does at once what is not. */
async function begin(
  tx: Tx,
  parts: BulkParts,
  { work, part, now }: { work: Work; part: Part; now: Date },
): Promise<Begun> {
  const action = readAction(work.input);
  if (action.kind === 'unsubscribe') {
    return unsubscribe(tx, parts, { channel: action.channel, work, part, now });
  }
  if (action.kind === 'take_back' && action.action.kind === 'unsubscribe') {
    return takeBackUnsubscribed(tx, parts, { jobId: action.job, work, part, now });
  }
  const doing = { at: now.getTime(), by: work.actor.name, job: work.id };
  const items = itemsOf(action, { ids: part.ids, ...doing });
  return {
    items: items.map((item, n) => ({ ...item, ticket: ticketOf(work, n) })),
    done: 0,
    errors: [],
    changed: [],
  };
}

async function unsubscribe(
  tx: Tx,
  parts: BulkParts,
  { channel, work, part, now }: { channel: 'email' | 'sms'; work: Work; part: Part; now: Date },
): Promise<Begun> {
  const { rows } = await tx.query<{ contactId: number; address: string | null }>(
    `select id as "contactId", ${channel === 'email' ? 'email' : 'phone'} as address
       from contacts where id = any($1) and deleted_at is null`,
    [part.ids],
  );
  const addresses = rows.flatMap(({ contactId, address }) =>
    address === null ? [] : [{ contactId, address }],
  );
  const { workspaceId, actor, id: jobId } = work;
  const by = actor.name;
  const changed = await parts.unsubscribe(tx, {
    workspaceId,
    channel,
    addresses,
    jobId,
    by,
    now,
  });
  const have = new Set(addresses.map(({ contactId }) => contactId));
  const without = part.ids.filter((id) => !have.has(id));
  const message = channel === 'email' ? 'There is no e-mail.' : 'There is no phone.';
  return {
    items: [],
    done: addresses.length,
    errors: without.map((contactId) => ({ contactId, message })),
    changed,
  };
}

async function takeBackUnsubscribed(
  tx: Tx,
  parts: BulkParts,
  { jobId, work, part, now }: { jobId: number; work: Work; part: Part; now: Date },
): Promise<Begun> {
  const { workspaceId, actor } = work;
  const contactIds = part.ids;
  const by = actor.name;
  const changed =
    contactIds.length === 0
      ? []
      : await parts.takeBackUnsubscribed(tx, { workspaceId, jobId, contactIds, by, now });
  const lifted = new Set(changed);
  const message = 'Somebody else unsubscribed this address too, or it was lifted.';
  return {
    items: [],
    done: changed.length,
    errors: contactIds.filter((id) => !lifted.has(id)).map((contactId) => ({ contactId, message })),
    changed,
  };
}
