import { bulkActionSchema } from '@perennial/contracts';
import type { Tx } from '../../db/index.ts';
import type { InboxItem, ItemOutcome, JsonObject } from '../../inbox/index.ts';
import {
  collectOutcomes,
  ticketOf,
  type Slice,
  type Work,
  type WorkError,
  type WorkKind,
} from '../../jobs/index.ts';
import type { ContactQuestions } from '../filter/filter-sql.ts';
import { itemActions, type Action } from './actions.ts';
import { asInput, asSelection, countSelection, nextContacts, type Part } from './selection.ts';

export const BULK = 'contacts.bulk';

/** What rooms to the right do for bulk actions. */
export interface BulkParts {
  questions: ContactQuestions;
  /** The addresses are written to no more, from the commit on. */
  unsubscribe: (
    tx: Tx,
    options: {
      workspaceId: number;
      channel: 'email' | 'sms';
      addresses: { contactId: number; address: string }[];
      by: string;
      now: Date;
    },
  ) => Promise<void>;
}

/** Contacts that are handed over at once, and waited for. */
const AT_ONCE = 1000;

/** How far the job is; `waiting` are the contacts of the last slice, in the order of their items. */
interface Cursor {
  after?: number;
  slice?: number;
  waiting?: number[];
  changed?: number;
}

export function bulkWork(parts: BulkParts): WorkKind {
  return {
    kind: BULK,
    right: 'contacts.write',
    about: (input) => aboutOf(readAction(input), asSelection(input['selection'])),
    undo(input, jobId) {
      const action = readAction(input);
      // Taking back what took something back would go on for ever.
      if (action.kind === 'unsubscribe' || 'changedBy' in asSelection(input['selection'])) {
        return undefined;
      }
      const undo = (itemActions[action.kind].undo as ((of: Action) => Action) | undefined)?.(
        action,
      );
      return undo && { kind: BULK, input: bulkInput(undo, { changedBy: jobId }) };
    },
    slice: (tx, work, options) => sliceOf(tx, parts, { work, ...options }),
  };
}

export function bulkInput(action: Action, selection: Parameters<typeof asInput>[0]): JsonObject {
  return { action: bulkActionSchema.encode(action), selection: asInput(selection) };
}

function readAction(input: JsonObject): Action {
  return bulkActionSchema.parse(input['action']);
}

/** Values may say who somebody is, so they are not told. */
function aboutOf(action: Action, selection: object): JsonObject {
  const shown = bulkActionSchema.encode(action) as JsonObject & { value?: unknown };
  const { value: _value, ...rest } = shown;
  return { ...rest, undoing: 'changedBy' in selection };
}

async function sliceOf(
  tx: Tx,
  parts: BulkParts,
  { work, now }: { work: Work; now: Date },
): Promise<Slice> {
  const cursor = (work.cursor ?? {}) as Cursor;
  const settled = await settle(tx, { work, cursor });
  if (!settled) return { cursor: work.cursor ?? {}, next: 'look again' };
  const going = { workspaceId: work.workspaceId, questions: parts.questions, now };
  const selection = asSelection(work.input['selection']);
  const total = work.slice === 0 ? await countSelection(tx, { selection, ...going }) : undefined;
  const part = await nextContacts(tx, {
    selection,
    after: cursor.after,
    limit: AT_ONCE,
    ...going,
  });
  const begun = await begin(tx, parts, { work, part, now });
  const changed = (cursor.changed ?? 0) + settled.changed.length;
  const isLast = part.ids.length === 0;
  return {
    cursor: {
      after: part.after,
      slice: work.slice,
      changed,
      ...(begun.items.length > 0 && { waiting: part.ids }),
    },
    next: isLast ? 'finished' : 'go on',
    done: settled.done + begun.done,
    errors: [...settled.errors, ...begun.errors],
    changed: settled.changed,
    items: begun.items,
    ...(total !== undefined && { total }),
    ...(isLast && { result: { changed } }),
  };
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
  const isChange = action.kind === 'unsubscribe' ? undefined : itemActions[action.kind].changed;
  const settled: Settled = { done: 0, errors: [], changed: [] };
  outcomes.forEach((outcome, i) => tally(settled, outcome, waiting[i]!, isChange));
  return settled;
}

function tally(
  settled: Settled,
  outcome: ItemOutcome,
  contactId: number,
  isChange: ((outcome: Extract<ItemOutcome, { ok: true }>) => boolean) | undefined,
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

async function begin(
  tx: Tx,
  parts: BulkParts,
  { work, part, now }: { work: Work; part: Part; now: Date },
): Promise<{ items: InboxItem[]; done: number; errors: WorkError[] }> {
  const action = readAction(work.input);
  if (action.kind === 'unsubscribe') {
    return unsubscribe(tx, parts, { channel: action.channel, work, part, now });
  }
  const itemOf = itemActions[action.kind].item as (typeof itemActions)['delete']['item'];
  const doing = { at: now.getTime(), by: work.actor.name };
  const items = part.ids.map((id, n) => ({
    ...itemOf(action as never, [['contact', String(id)]], doing),
    ticket: ticketOf(work, n),
  }));
  return { items, done: 0, errors: [] };
}

async function unsubscribe(
  tx: Tx,
  parts: BulkParts,
  { channel, work, part, now }: { channel: 'email' | 'sms'; work: Work; part: Part; now: Date },
): Promise<{ items: InboxItem[]; done: number; errors: WorkError[] }> {
  const { rows } = await tx.query<{ contactId: number; address: string | null }>(
    `select id as "contactId", ${channel === 'email' ? 'email' : 'phone'} as address
       from contacts where id = any($1) and deleted_at is null`,
    [part.ids],
  );
  const addresses = rows.flatMap(({ contactId, address }) =>
    address === null ? [] : [{ contactId, address }],
  );
  const { workspaceId, actor } = work;
  await parts.unsubscribe(tx, { workspaceId, channel, addresses, by: actor.name, now });
  const have = new Set(addresses.map(({ contactId }) => contactId));
  const without = part.ids.filter((id) => !have.has(id));
  const message = channel === 'email' ? 'There is no e-mail.' : 'There is no phone.';
  return {
    items: [],
    done: addresses.length,
    errors: without.map((contactId) => ({ contactId, message })),
  };
}
