import { duplicateMergeSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { InboxItem } from '../../inbox/index.ts';
import {
  collectOutcomes,
  ticketOf,
  type Slice,
  type Work,
  type WorkError,
  type WorkKind,
} from '../../jobs/index.ts';
import type { ContactRow } from '../contact-row.ts';
import { findDuplicates, type Group } from './find-duplicates.ts';

export const MERGE_DUPLICATES = 'contacts.merge_duplicates';

type Rule = z.output<typeof duplicateMergeSchema>['keep'];

/** Groups that are merged at once, and waited for. */
const AT_ONCE = 100;

interface Cursor {
  /** The last value that was looked at; null when all were. */
  after: string | null;
  slice?: number;
  waiting?: number[];
}

/** Merges as people would, one group after the other. Each merge can be undone on its card. */
export const mergeWork: WorkKind = {
  kind: MERGE_DUPLICATES,
  right: 'contacts.write',
  about: (input) => input,
  async slice(tx, work, { now }) {
    const cursor = (work.cursor ?? { after: '' }) as unknown as Cursor;
    const settled = await settle(tx, { work, cursor });
    if (!settled) return { cursor: work.cursor ?? {}, next: 'look again' };
    if (cursor.after === null) {
      return { cursor: work.cursor ?? {}, next: 'finished', ...settled };
    }
    const begun = await begin(tx, { work, after: cursor.after, now });
    return {
      cursor: { after: begun.after, slice: work.slice, waiting: begun.waiting },
      next: 'go on',
      done: settled.done,
      errors: [...settled.errors, ...begun.errors],
      items: begun.items,
    };
  },
};

async function settle(
  tx: Tx,
  { work, cursor: { slice = 0, waiting = [] } }: { work: Work; cursor: Cursor },
): Promise<Required<Pick<Slice, 'done' | 'errors'>> | undefined> {
  if (waiting.length === 0) return { done: 0, errors: [] };
  const outcomes = await collectOutcomes(tx, { id: work.id, slice, n: waiting.length });
  if (!outcomes) return undefined;
  const errors = outcomes.flatMap((outcome, i): WorkError[] =>
    outcome.ok ? [] : [{ contactId: waiting[i]!, message: outcome.message }],
  );
  return { done: outcomes.length - errors.length, errors };
}

async function begin(
  tx: Tx,
  { work, after, now }: { work: Work; after: string; now: Date },
): Promise<{ after: string | null; items: InboxItem[]; waiting: number[]; errors: WorkError[] }> {
  const { by, keep } = duplicateMergeSchema.parse(work.input);
  const { workspaceId, actor } = work;
  const { groups, last } = await findDuplicates(tx, { workspaceId, by, after, limit: AT_ONCE });
  const errors: WorkError[] = [];
  const pairs = groups.flatMap((group) => {
    const kept = whoStays(group, keep);
    if (typeof kept === 'string') {
      errors.push({ contactId: group.contacts[0]!.id, message: kept });
      return [];
    }
    return group.contacts
      .filter(({ id }) => id !== kept.id)
      .map(({ id }) => ({ keepId: kept.id, dropId: id }));
  });
  const items = pairs.map(({ keepId, dropId }, n): InboxItem => ({
    kind: 'join',
    ids: [['contact', String(keepId)]],
    other: dropId,
    by: actor.name,
    at: now.getTime(),
    source: 'manual',
    ticket: ticketOf(work, n),
  }));
  return { after: last ?? null, items, waiting: pairs.map(({ dropId }) => dropId), errors };
}

/** The contact that stays, or why the group is left as it is. */
function whoStays({ contacts, total }: Group, rule: Rule): ContactRow | string {
  const owners = contacts.filter((contact) => contact.external_id !== null);
  if (total > contacts.length) return `${total} contacts share this: too many for a rule.`;
  if (owners.length > 1) return 'Several have an external ID: merge them by hand.';
  if (owners[0]) return owners[0];
  if (rule === 'external_id') return 'None has an external ID.';
  return rule === 'oldest' ? contacts[0]! : contacts.at(-1)!;
}
