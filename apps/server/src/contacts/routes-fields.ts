import {
  fieldChangeSchema,
  fieldSchema,
  idParams,
  newFieldSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../http/index.ts';
import { changeField, createField } from './change-fields.ts';
import { listCustomFields, type FieldRow } from './field-queries.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

type Field = z.output<typeof fieldSchema>;

const list = defineRoute({
  method: 'GET',
  url: '/fields',
  right: 'member',
  summary: 'List the fields of contacts',
  description: 'First those that every workspace has, then the custom ones in their order.',
  query: z.object({
    archived: z.stringbool().default(false).describe('With the archived ones.'),
  }),
  response: pageOf(fieldSchema),
  handler: async ({ db, workspace, query: { archived } }) => {
    const custom = await listCustomFields(db, { workspaceId: workspace.id, archived });
    return { items: [...systemFields, ...custom.map(present)], next_cursor: null };
  },
});

const systemFields: Field[] = Object.entries(SYSTEM_FIELDS).map(([key, { label, type }], n) => ({
  key,
  label,
  type,
  position: n,
  system: true,
  id: null,
  group: null,
  choices: null,
  source: null,
  created_at: null,
  archived_at: null,
}));

function present(row: FieldRow): Field {
  return { ...row, system: false };
}

const create = defineRoute({
  method: 'POST',
  url: '/fields',
  right: 'settings.write',
  summary: 'Create a custom field',
  body: newFieldSchema,
  response: fieldSchema,
  status: 201,
  example: { body: { key: 'plan', type: 'choice', choices: ['free', 'premium'] } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) =>
      present(await createField(tx, { workspaceId: workspace.id, by, ...body })),
    ),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/fields/:id',
  right: 'settings.write',
  summary: 'Rename, group, order or archive a custom field',
  description:
    'Key and type never change. An archived field keeps its values, takes no new ones, and can ' +
    'be brought back with `"archived": false`.',
  params: idParams,
  body: fieldChangeSchema,
  response: fieldSchema,
  example: { body: { label: 'Subscription plan' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, async (tx) =>
      present(await changeField(tx, { workspaceId: workspace.id, id: params.id, by, ...body })),
    ),
});

const archive = defineRoute({
  method: 'DELETE',
  url: '/fields/:id',
  right: 'settings.write',
  summary: 'Archive a custom field',
  description: 'The same as `PATCH` with `"archived": true`: values and definitions stay.',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    const change = { workspaceId: workspace.id, id: params.id, archived: true, by };
    await inTransaction(db, (tx) => changeField(tx, change));
    return undefined;
  },
});

export const fieldRoutes: ManageRoute[] = [list, create, change, archive];
