import {
  contactCardSchema,
  contactCategoriesChangeSchema,
  contactCategoriesSchema,
  contactChangeSchema,
  externalIdChangeSchema,
  idParams,
  newContactSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import type { Db, Pool } from '../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute, type Origin } from '../http/index.ts';
import type { Results } from '../inbox/index.ts';
import { conflictRoutes } from './routes-conflicts.ts';
import { refusalRoutes } from './routes-refusals.ts';
import type { Rights } from '../users/index.ts';
import { bulkRoutes, type BulkRouteParts } from './bulk/routes.ts';
import { changeChoices } from './change-choices.ts';
import {
  changeContact,
  createContact,
  deleteContact,
  replaceExternalId,
  restoreContact,
} from './edit-contact.ts';
import { duplicateRoutes } from './duplicates/routes.ts';
import { fieldTypeRoutes } from './field-type/routes.ts';
import type { TypeParts } from './field-type/why-not.ts';
import { exportRoutes } from './export/routes.ts';
import { findContact } from './find-contact.ts';
import { maskCard, type ContactCard } from './present-contact.ts';
import type { FindFieldUses } from './change-fields.ts';
import { fieldRoutes } from './routes-fields.ts';
import { fieldIndexRoutes } from './field-index/routes.ts';
import { listRoutes } from './routes-list.ts';
import { showCard, type CardParts } from './show-contacts.ts';
import type { Submission } from './submit-item.ts';
import { viewRoutes } from './views/routes.ts';

export interface ContactRouteParts extends CardParts, BulkRouteParts, TypeParts {
  /** Begins the erasure of a person, which the pipeline makes. */
  requestErasure: (
    db: Pool,
    request: { workspaceId: number; contactId: number; by: Origin; clock: () => Date },
  ) => Promise<unknown>;
  clock: () => Date;
  results: Pick<Results, 'wait'>;
  findFieldUses: FindFieldUses;
}

/** Calls about contacts and their fields. */
export function contactRoutes(parts: ContactRouteParts): ManageRoute[] {
  const get = defineRoute({
    method: 'GET',
    url: '/contacts/:id',
    right: 'contacts.read',
    summary: 'Read the card of a contact',
    description:
      'The ID of a contact that was merged away leads to the one it became. A deleted one is shown ' +
      'with `deleted_at`.',
    params: idParams,
    response: contactCardSchema,
    handler: ({ db, workspace, rights, now, params }) =>
      readCard(db, { workspaceId: workspace.id, id: params.id, rights, now }),
  });

  const create = defineRoute({
    method: 'POST',
    url: '/contacts',
    right: 'contacts.write',
    summary: 'Create a contact',
    description:
      'Answers after it was applied. 409 when somebody has the external ID (or, without one, the ' +
      'e-mail or phone). A deleted contact with this external ID comes back.',
    body: newContactSchema,
    response: contactCardSchema,
    status: 201,
    example: { body: { external_id: 'u-1001', email: 'ada@example.com', first_name: 'Ada' } },
    handler: async ({ db, by, workspace, rights, now, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await createContact(db, { ...edit, input: body });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/contacts/:id',
    right: 'contacts.write',
    summary: 'Change a contact',
    description:
      'What is left out stays; null empties. Answers after it was applied. An external ID can be ' +
      'given to a contact that has none.',
    params: idParams,
    body: contactChangeSchema,
    response: contactCardSchema,
    example: { body: { first_name: 'Ada', custom: { plan: 'premium' } } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const { settles, ...input } = body;
      const id = await changeContact(db, { ...edit, id: params.id, input, settles });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const putExternalId = defineRoute({
    method: 'PUT',
    url: '/contacts/:id/external_id',
    right: 'contacts.write',
    summary: 'Replace the external ID of a contact',
    description:
      'The old one still finds the contact and stays reserved. 409 when another contact has the ' +
      'new one, or had it.',
    params: idParams,
    body: externalIdChangeSchema,
    response: contactCardSchema,
    example: { body: { external_id: 'u-2001' } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await replaceExternalId(db, {
        ...edit,
        id: params.id,
        externalId: body.external_id,
      });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/contacts/:id',
    right: 'contacts.write',
    summary: 'Delete a contact',
    description:
      'It is in no list, segment or count any more, and its runs end. Its identifiers stay ' +
      'reserved; identifying it again brings it back. With `erase` nothing of it is kept: the ' +
      'answer is 202, and it is done within a minute.',
    params: idParams,
    query: z.strictObject({ erase: z.enum(['true', 'false']).default('false') }),
    response: nothing,
    handler: async ({ db, by, workspace, params, query, repetition, reply }) => {
      if (query.erase === 'true') {
        const { requestErasure, clock } = parts;
        const workspaceId = workspace.id;
        await requestErasure(db, { workspaceId, contactId: params.id, by, clock });
        reply.code(202);
        return undefined;
      }
      const edit: Submission = { workspaceId: workspace.id, by, repetition, ...parts };
      await deleteContact(db, { ...edit, id: params.id });
      return undefined;
    },
  });

  const choose = defineRoute({
    method: 'PATCH',
    url: '/contacts/:id/categories',
    right: 'contacts.write',
    summary: 'Write down what a contact said about subscription categories',
    description:
      'Those left out stay as they are. The later decision holds, whatever arrives first.',
    params: idParams,
    body: contactCategoriesChangeSchema,
    response: contactCardSchema,
    example: { body: { categories: { offers: true }, text: 'Told us on the phone.' } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const { categories, text } = body;
      const choices = { id: params.id, categories, replace: false, text };
      const id = await changeChoices(db, { ...edit, ...choices });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const replaceChoices = defineRoute({
    method: 'PUT',
    url: '/contacts/:id/categories',
    right: 'contacts.write',
    summary: 'Say which subscription categories a contact is in; it is out of all others',
    params: idParams,
    body: contactCategoriesSchema,
    response: contactCardSchema,
    example: { body: { categories: ['offers'] } },
    handler: async ({ db, by, workspace, rights, now, params, body, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const categories = Object.fromEntries(body.categories.map((key) => [key, true]));
      const choices = { id: params.id, categories, replace: true, text: body.text };
      const id = await changeChoices(db, { ...edit, ...choices });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  const restore = defineRoute({
    method: 'POST',
    url: '/contacts/:id/restore',
    right: 'contacts.write',
    summary: 'Bring a deleted contact back',
    description: 'With all that was known of it. Its runs have ended and stay so.',
    params: idParams,
    response: contactCardSchema,
    handler: async ({ db, by, workspace, rights, now, params, repetition }) => {
      const workspaceId = workspace.id;
      const edit: Submission = { workspaceId, by, repetition, ...parts };
      const id = await restoreContact(db, { ...edit, id: params.id });
      return readCard(db, { workspaceId, id, rights, now });
    },
  });

  async function readCard(
    db: Db,
    { rights, now, ...which }: { workspaceId: number; id: number; rights: Rights; now: Date },
  ): Promise<ContactCard> {
    const row = await findContact(db, { ...which, deletedToo: true });
    if (!row) throw notFound('contact');
    return maskCard(
      await showCard(db, { workspaceId: which.workspaceId, row, parts, now }),
      rights,
    );
  }

  return [
    ...listRoutes(parts),
    ...bulkRoutes(parts),
    ...exportRoutes(parts),
    ...viewRoutes,
    ...duplicateRoutes(parts),
    create,
    get,
    change,
    putExternalId,
    remove,
    choose,
    replaceChoices,
    restore,
    ...conflictRoutes({ ...parts, readCard }),
    ...refusalRoutes,
    ...fieldRoutes(parts),
    ...fieldIndexRoutes,
    ...fieldTypeRoutes(parts),
  ];
}
