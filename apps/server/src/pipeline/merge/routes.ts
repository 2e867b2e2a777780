import {
  contactMergesSchema,
  idParams,
  idSchema,
  mergePageSchema,
  mergePreviewSchema,
  mergeRequestSchema,
  mergeSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { contactNow, findContact, submitItem, type Submission } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import {
  defineRoute,
  notFound,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
  type Origin,
} from '../../http/index.ts';
import type { Results } from '../../inbox/index.ts';
import { maskText, mayReadPersonal, type Rights } from '../../users/index.ts';
import { previewMerge, type MergePreview } from './preview-merge.ts';
import {
  findMerge,
  listMerges,
  listRefusals,
  mergesOfContacts,
  namesOfContact,
  type ShownMerge,
  type ShownRefusal,
} from './read-merges.ts';

export interface MergeRouteParts {
  clock: () => Date;
  results: Pick<Results, 'wait'>;
}

const MOST_OF_CONTACT = 200;

const list = defineRoute({
  method: 'GET',
  url: '/merges',
  right: 'contacts.read',
  summary: 'List merges of contacts, newest first',
  description:
    'When, why, by which identifier or by whom, and what was chosen. Without ' +
    '`contacts.read_personal` values are masked.',
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    state: z.enum(['decided', 'applied', 'undone']).optional(),
    by_hand: z.enum(['true', 'false']).optional(),
  }),
  response: mergePageSchema,
  handler: async ({ db, workspace, rights, query: { limit, cursor, state, by_hand: byHand } }) => {
    const rows = await listMerges(db, {
      workspaceId: workspace.id,
      state,
      byHand: byHand === undefined ? undefined : byHand === 'true',
      before: cursor?.[0],
      limit: limit + 1,
    });
    const page = pageFrom(rows, { limit, position: (row) => [row.id] });
    return { ...page, items: page.items.map((merge) => maskMerge(merge, rights)) };
  },
});

const ofContact = defineRoute({
  method: 'GET',
  url: '/contacts/:id/merges',
  right: 'contacts.read',
  summary: 'List the merges that made a contact, and what it was refused',
  description: `The newest ${MOST_OF_CONTACT}, also those of contacts that became this one.`,
  params: idParams,
  response: contactMergesSchema,
  handler: async ({ db, workspace, rights, params }) => {
    const contactId = await requireContact(db, {
      workspaceId: workspace.id,
      id: params.id,
      deletedToo: true,
    });
    const merges = await mergesOfContacts(db, {
      workspaceId: workspace.id,
      contactIds: await namesOfContact(db, { contactId }),
      limit: MOST_OF_CONTACT,
    });
    const refusals = await listRefusals(db, { contactId });
    return {
      items: merges.map((merge) => maskMerge(merge, rights)),
      refusals: refusals.map((refusal) => maskRefusal(refusal, rights)),
    };
  },
});

const preview = defineRoute({
  method: 'GET',
  url: '/contacts/:id/merge_preview',
  right: 'contacts.read',
  summary: 'Show what merging another contact into this one would do',
  description: 'Field by field, with the identifiers, what moves, and which runs end.',
  params: idParams,
  query: z.object({ other: idSchema }),
  response: mergePreviewSchema,
  example: { query: { other: '2' } },
  handler: async ({ db, workspace, rights, params, query }) => {
    const workspaceId = workspace.id;
    const keepId = await requireContact(db, { workspaceId, id: params.id });
    const dropId = await requireContact(db, { workspaceId, id: query.other });
    refuseSame(keepId, dropId);
    return maskPreview(await previewMerge(db, { keepId, dropId }), rights);
  },
});

/** Calls about contacts that become one, and two again. */
export function mergeRoutes(parts: MergeRouteParts): ManageRoute[] {
  const merge = defineRoute({
    method: 'POST',
    url: '/contacts/:id/merge',
    right: 'contacts.write',
    summary: 'Merge another contact into this one',
    description:
      'This one survives and keeps its external ID; the other’s ID and external ID lead to it ' +
      'from now on. Answers after it was applied. 409 when they are one already, or a limit would ' +
      'be passed.',
    params: idParams,
    body: mergeRequestSchema,
    response: mergeSchema,
    example: { body: { other: '2' } },
    handler: async ({ db, by, workspace, rights, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const keepId = await requireContact(db, { workspaceId, id: params.id });
      const dropId = await otherContact(db, {
        workspaceId,
        id: body.other,
        repeated: repetition.ticket !== null,
      });
      if (repetition.ticket === null) refuseSame(keepId, dropId);
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const at = by.at.getTime();
      await submitItem(db, edit, {
        itemOf: (ticket) => ({
          kind: 'join',
          ids: [['contact', String(keepId)]],
          other: dropId,
          by: nameOf(by),
          at,
          source: 'manual',
          ticket,
        }),
        audit: {
          action: 'contact.merge',
          object: { kind: 'contact', id: keepId },
          after: { merged: String(dropId) },
        },
      });
      const [made] = await mergesOfContacts(db, { workspaceId, contactIds: [dropId], limit: 1 });
      return maskMerge(made!, rights);
    },
  });

  const undo = defineRoute({
    method: 'POST',
    url: '/contacts/:id/merges/:merge/undo',
    right: 'contacts.write',
    summary: 'Undo a merge: one contact becomes two again',
    description:
      'What came with the merged contact goes back to it: events, devices, fields, consents, ' +
      'lists, runs, sends, identifiers, and what arrived since by its identifiers alone. What was ' +
      'written to the survivor since stays. The two are kept apart from then on: only a merge by ' +
      'hand joins them again. 409 when the survivor was merged on: undo that merge first.',
    params: z.object({ id: idSchema, merge: idSchema }),
    response: mergeSchema,
    handler: async ({ db, by, workspace, rights, params, repetition }) => {
      const workspaceId = workspace.id;
      const known = await findMerge(db, { workspaceId, id: params.merge });
      if (!known || !(await concerns(db, { workspaceId, merge: known, id: params.id })))
        throw notFound('merge');
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      await submitItem(db, edit, {
        itemOf: (ticket) => ({
          kind: 'part',
          ids: [['contact', String(known.survivor)]],
          mergeId: known.id,
          by: nameOf(by),
          at: by.at.getTime(),
          source: 'manual',
          ticket,
        }),
        audit: {
          action: 'contact.undo_merge',
          object: { kind: 'contact', id: known.survivor },
          after: { merge: String(known.id), parted: String(known.merged) },
        },
      });
      return maskMerge((await findMerge(db, { workspaceId, id: known.id }))!, rights);
    },
  });

  return [list, ofContact, preview, merge, undo];
}

async function requireContact(
  db: Db,
  which: { workspaceId: number; id: number; deletedToo?: boolean },
): Promise<number> {
  const contact = await findContact(db, which);
  if (!contact) throw notFound('contact');
  return contact.id;
}

/** A repeated call means the contact that it named first, which is merged by now. */
async function otherContact(
  db: Db,
  { repeated, ...which }: { workspaceId: number; id: number; repeated: boolean },
): Promise<number> {
  return repeated ? which.id : requireContact(db, which);
}

function refuseSame(keepId: number, dropId: number): void {
  if (keepId === dropId)
    throw new Problem('conflict', { detail: 'These are one contact already.' });
}

async function concerns(
  db: Db,
  { workspaceId, merge, id }: { workspaceId: number; merge: ShownMerge; id: number },
): Promise<boolean> {
  if ([merge.survivor, merge.merged].includes(id)) return true;
  return (await contactNow(db, { workspaceId, id: merge.survivor })) === id;
}

function nameOf({ actor }: Origin): string {
  return actor.name;
}

const MASKED = '•••';

function maskMerge(merge: ShownMerge, rights: Rights): ShownMerge {
  if (mayReadPersonal(rights)) return merge;
  return {
    ...merge,
    identifier: merge.identifier && { ...merge.identifier, value: MASKED },
    fields: merge.fields.map((field) => ({
      ...field,
      survivor: field.survivor === null ? null : MASKED,
      merged: field.merged === null ? null : MASKED,
    })),
  };
}

function maskRefusal(refusal: ShownRefusal, rights: Rights): ShownRefusal {
  if (mayReadPersonal(rights)) return refusal;
  const lastValue = refusal.kind === 'merge' ? maskText(refusal.last_value) : MASKED;
  return { ...refusal, last_value: lastValue };
}

function maskPreview(shown: MergePreview, rights: Rights): MergePreview {
  if (mayReadPersonal(rights)) return shown;
  const hidden = <Side extends { value: unknown }>(side: Side): Side => ({
    ...side,
    value: side.value === null ? null : MASKED,
  });
  return {
    ...shown,
    fields: shown.fields.map((field) => ({
      ...field,
      survivor: hidden(field.survivor),
      merged: hidden(field.merged),
    })),
    identifiers: shown.identifiers.map((row) => ({ ...row, value: MASKED })),
  };
}
