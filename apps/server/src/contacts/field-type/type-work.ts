import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { InboxItem, ItemOutcome, JsonObject } from '../../inbox/index.ts';
import {
  collectOutcomes,
  countChanges,
  readChanges,
  ticketOf,
  type Slice,
  type SliceOptions,
  type Work,
  type WorkError,
  type WorkKind,
} from '../../jobs/index.ts';
import { waitForBatches } from '../indexed-fields.ts';
import { withoutValue } from '../present-contact.ts';
import { restoreType, type Typed } from './change-type.ts';
import { countStored, nextStored } from './read-values.ts';
import type { TypeParts } from './why-not.ts';

export const CHANGE_TYPE = 'contacts.change_type';

/** Contacts that are handed over at once, and waited for. */
const AT_ONCE = 1000;

const typed = z.object({
  type: z.string(),
  choices: z.array(z.string()).nullable(),
  choice_looks: z.record(z.string(), z.object({ label: z.string(), color: z.string() }).partial()),
  rules: z.record(z.string(), z.json()),
});

const inputSchema = z.object({
  id: z.number(),
  /** By its key in the segment language. */
  field: z.string(),
  from: typed,
  to: typed,
  /** The job whose changes are taken back first; new values of its type are converted then. */
  takesBack: z.number().optional(),
});
type Input = z.output<typeof inputSchema>;

export function typeInput(input: {
  id: number;
  field: string;
  from: Typed;
  to: Typed;
}): JsonObject {
  return { ...input } as unknown as JsonObject;
}

interface Cursor {
  phase: 'take back' | 'convert';
  after: number;
  /** The contacts of the last slice, in the order of their items. */
  waiting: number[];
  counts: { converted: number; unchanged: number; cannot: number };
}

/** What is told of such a job, whoever does it. */
export const typeKind: Omit<WorkKind, 'slice'> = {
  kind: CHANGE_TYPE,
  right: 'settings.write',
  about(input) {
    const { field, from, to, takesBack } = inputSchema.parse(input);
    return { field, from: from.type, to: to.type, undoing: takesBack !== undefined };
  },
  settles: true,
  undo(input, jobId) {
    const { from, to, takesBack, ...which } = inputSchema.parse(input);
    if (takesBack !== undefined) return undefined;
    const back = { ...which, from: to, to: from, takesBack: jobId };
    return { kind: CHANGE_TYPE, input: back as unknown as JsonObject };
  },
};

/**
 * Brings what contacts have in a field into the form of its new type. What has none is kept as a
 * conflict. The field has that type already, so whatever arrives meanwhile has the form.
 */
export function typeWork(parts: TypeParts): WorkKind {
  return {
    ...typeKind,
    async beforeUndo(tx, { workspaceId, input, by }) {
      const { id, from, to } = inputSchema.parse(input);
      const types = { given: to as Typed, had: from as Typed };
      await restoreType(tx, parts, { workspaceId, id, ...types, by });
    },
    slice: (tx, work, options) => sliceOf(tx, { work, ...options }),
  };
}

async function sliceOf(
  tx: Tx,
  { work, now, leaving }: { work: Work } & SliceOptions,
): Promise<Slice> {
  const input = inputSchema.parse(work.input);
  if (work.cursor === null) return begin(tx, { work, input, leaving });
  const cursor = work.cursor as unknown as Cursor;
  const settled = await settle(tx, { work, cursor });
  if (!settled) return { cursor: work.cursor, next: 'look again' };
  const counts = addTo(cursor.counts, settled);
  const part = leaving
    ? { ids: [], after: cursor.after }
    : await nextPart(tx, { work, input, cursor });
  const isThrough = part.ids.length === 0;
  const goesOn = isThrough && cursor.phase === 'take back' && !leaving;
  const items = part.ids.map((id, n) => ({
    ...itemOf(input, cursor, { work, id, now }),
    ticket: ticketOf(work, n),
  }));
  const next: Cursor = goesOn
    ? { phase: 'convert', after: 0, waiting: [], counts }
    : { phase: cursor.phase, after: part.after, waiting: part.ids, counts };
  const isLast = isThrough && !goesOn;
  return {
    cursor: next as unknown as JsonObject,
    next: isLast ? 'finished' : 'go on',
    // Of those that were looked at only for what was set since, the ones that had something.
    done: isSecondLook(input, cursor) ? settled.changed.length : settled.done,
    errors: settled.errors,
    changed: settled.changed,
    items,
    ...(isLast && { result: counts }),
  };
}

/** Batches that began before the field had its new type have ended, and their values can be read. */
async function begin(
  tx: Tx,
  { work, input, leaving }: { work: Work; input: Input; leaving: boolean },
): Promise<Slice> {
  const { workspaceId } = work;
  const { takesBack, field } = input;
  await waitForBatches(tx);
  const total =
    takesBack === undefined
      ? await countStored(tx, { workspaceId, field })
      : await countChanges(tx, { jobId: takesBack });
  const cursor: Cursor = {
    phase: takesBack === undefined ? 'convert' : 'take back',
    after: takesBack === undefined ? 0 : -1,
    waiting: [],
    counts: { converted: 0, unchanged: 0, cannot: 0 },
  };
  return {
    cursor: cursor as unknown as JsonObject,
    next: leaving ? 'finished' : 'go on',
    total,
  };
}

async function nextPart(
  tx: Tx,
  { work, input, cursor }: { work: Work; input: Input; cursor: Cursor },
): Promise<{ ids: number[]; after: number }> {
  const { after } = cursor;
  if (cursor.phase === 'take back') {
    const changes = await readChanges(tx, { jobId: input.takesBack!, after });
    return changes ? { ids: changes.contact_ids, after: changes.slice } : { ids: [], after };
  }
  const { workspaceId } = work;
  const ids = await nextStored(tx, { workspaceId, field: input.field, after, limit: AT_ONCE });
  return { ids, after: ids.at(-1) ?? after };
}

function itemOf(
  { field, takesBack }: Input,
  { phase }: Cursor,
  { work, id, now }: { work: Work; id: number; now: Date },
): InboxItem {
  const base = {
    ids: [['contact', String(id)] as [kind: 'contact', value: string]],
    at: now.getTime(),
    source: 'manual' as const,
  };
  if (phase === 'take back') {
    return { ...base, kind: 'take_back', job: takesBack!, silent: true };
  }
  return { ...base, kind: 'convert', field, ...(takesBack === undefined && { remember: work.id }) };
}

function isSecondLook({ takesBack }: Input, { phase }: Cursor): boolean {
  return takesBack !== undefined && phase === 'convert';
}

interface Settled {
  done: number;
  changed: number[];
  errors: WorkError[];
  unchanged: number;
}

async function settle(
  tx: Tx,
  { work, cursor }: { work: Work; cursor: Cursor },
): Promise<Settled | undefined> {
  const { waiting } = cursor;
  const settled: Settled = { done: 0, changed: [], errors: [], unchanged: 0 };
  if (waiting.length === 0) return settled;
  const of = { id: work.id, slice: work.slice - 1, n: waiting.length };
  const outcomes = await collectOutcomes(tx, of);
  if (!outcomes) return undefined;
  outcomes.forEach((outcome, i) => tally(settled, outcome, waiting[i]!));
  return settled;
}

function tally(settled: Settled, outcome: ItemOutcome, contactId: number): void {
  if (!outcome.ok) {
    // Of a value that is newer than the change that is taken back: it is converted in its turn.
    settled.done += 1;
    settled.unchanged += 1;
    return;
  }
  const { reason, changed } = outcome;
  if (typeof reason === 'string') settled.errors.push({ contactId, message: withoutValue(reason) });
  else settled.done += 1;
  if (Number(changed ?? 0) > 0) settled.changed.push(outcome.contactId);
  else settled.unchanged += 1;
}

function addTo(
  counts: Cursor['counts'],
  { changed, errors, unchanged }: Settled,
): Cursor['counts'] {
  return {
    converted: counts.converted + changed.length - errors.length,
    unchanged: counts.unchanged + unchanged,
    cannot: counts.cannot + errors.length,
  };
}
