import {
  fieldArrangementSchema,
  fieldChangeSchema,
  fieldGroupChangeSchema,
  fieldGroupSchema,
  fieldSchema,
  fieldStatsSchema,
  idParams,
  newFieldSchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../http/index.ts';
import { changeField, createField, type FindFieldUses } from './change-fields.ts';
import { readCustomRules, ruleOf } from './field-catalogue.ts';
import {
  arrangeFields,
  createGroup,
  deleteGroup,
  listGroups,
  renameGroup,
} from './field-groups.ts';
import { listCustomFields, type FieldRow } from './field-queries.ts';
import { readFieldStats } from './field-stats.ts';
import type { FieldRule } from './normalize-value.ts';
import { KEPT_FIELDS, SYSTEM_FIELDS } from './system-fields.ts';

type Field = z.output<typeof fieldSchema>;

const list = defineRoute({
  method: 'GET',
  url: '/fields',
  right: 'member',
  summary: 'List the fields of contacts',
  description:
    'First those that every workspace has, then the custom ones in the order of their groups, and ' +
    'those in no group last.',
  query: z.object({
    archived: z.stringbool().default(false).describe('With the archived ones.'),
  }),
  response: pageOf(fieldSchema),
  handler: async ({ db, workspace, query: { archived } }) => {
    const custom = await listCustomFields(db, { workspaceId: workspace.id, archived });
    return { items: [...systemFields, ...custom.map(present)], next_cursor: null };
  },
});

const SYSTEM = {
  system: true,
  read_only: false,
  id: null,
  group: null,
  choices: null,
  choice_looks: {},
  rules: {},
  source: null,
  created_at: null,
  archived_at: null,
};

const systemFields: Field[] = [
  ...Object.entries(SYSTEM_FIELDS).map(([key, { label, type, description, rules }]) => ({
    ...SYSTEM,
    key,
    label,
    type,
    description,
    rules: rules ?? {},
  })),
  ...Object.entries(KEPT_FIELDS).map(([key, field]) => ({
    ...SYSTEM,
    key,
    ...field,
    read_only: true,
  })),
].map((field, position) => ({ ...field, position }));

function present(row: FieldRow): Field {
  return { ...row, system: false, read_only: false } as Field;
}

const create = defineRoute({
  method: 'POST',
  url: '/fields',
  right: 'settings.write',
  summary: 'Create a custom field',
  description: 'A group that is not there yet comes to be behind the others.',
  body: newFieldSchema,
  response: fieldSchema,
  status: 201,
  example: {
    body: {
      key: 'plan',
      type: 'choice',
      choices: ['free', 'premium'],
      choice_looks: { premium: { label: 'Premium', color: 'violet' } },
    },
  },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, async (tx) =>
      present(await createField(tx, { workspaceId: workspace.id, by, ...body })),
    ),
});

/** Calls about fields; `findFieldUses`: rules to the right that would miss one. */
export function fieldRoutes({ findFieldUses }: { findFieldUses: FindFieldUses }): ManageRoute[] {
  const change = defineRoute({
    method: 'PATCH',
    url: '/fields/:id',
    right: 'settings.write',
    summary: 'Rename, describe, group, order or archive a custom field',
    description:
      'The key never changes; for the type see `/fields/{id}/type`. Rules and choices hold for new values; stored ones stay. An ' +
      'archived field keeps its values, takes no new ones, and can be brought back with ' +
      '`"archived": false`; one that the rule of a segment reads is not archived.',
    params: idParams,
    body: fieldChangeSchema,
    response: fieldSchema,
    example: { body: { label: 'Subscription plan' } },
    handler: ({ db, by, workspace, params, body }) =>
      inTransaction(db, async (tx) =>
        present(
          await changeField(tx, {
            workspaceId: workspace.id,
            id: params.id,
            by,
            ...body,
            findUses: findFieldUses,
          }),
        ),
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
      const findUses = findFieldUses;
      const archiving = { workspaceId: workspace.id, id: params.id, archived: true, by, findUses };
      await inTransaction(db, (tx) => changeField(tx, archiving));
      return undefined;
    },
  });

  return [
    list,
    create,
    arrange,
    stats,
    groups,
    addGroup,
    changeGroup,
    removeGroup,
    change,
    archive,
  ];
}

const arrange = defineRoute({
  method: 'POST',
  url: '/fields/order',
  right: 'settings.write',
  summary: 'Put the custom fields into groups and an order',
  description: 'Fields that are not named keep their place. Groups that are not there are made.',
  body: fieldArrangementSchema,
  response: nothing,
  example: { body: { groups: [{ name: null, fields: [] }] } },
  handler: async ({ db, by, workspace, body }) => {
    const { groups } = body;
    await inTransaction(db, (tx) => arrangeFields(tx, { workspaceId: workspace.id, groups, by }));
    return undefined;
  },
});

const stats = defineRoute({
  method: 'GET',
  url: '/fields/stats',
  right: 'contacts.read',
  summary: 'Count the contacts that have a value of a field',
  description:
    'Exact up to 20,000 contacts; beyond, about so many cards are drawn and the numbers scaled. ' +
    'The most frequent values come for choices, booleans, languages, time zones, countries and ' +
    'genders.',
  query: z.object({
    field: z
      .string()
      .min(1)
      .max(300)
      .describe('As in the segment language: `language`, `custom.plan`.'),
  }),
  response: fieldStatsSchema,
  handler: async ({ db, workspace, query: { field } }) => {
    const workspaceId = workspace.id;
    const custom = await readCustomRules(db, { workspaceId });
    const rule =
      ruleOf(custom, field) ?? keptRule(field) ?? custom.get(field.replace(/^custom\./, ''));
    if (!rule) throw notFound('field');
    return await readFieldStats(db, { workspaceId, field, rule });
  },
});

const groups = defineRoute({
  method: 'GET',
  url: '/fields/groups',
  right: 'member',
  summary: 'List the groups of custom fields',
  response: pageOf(fieldGroupSchema),
  handler: async ({ db, workspace }) => ({
    items: await listGroups(db, { workspaceId: workspace.id }),
    next_cursor: null,
  }),
});

function keptRule(field: string): FieldRule | undefined {
  return Object.hasOwn(KEPT_FIELDS, field) ? KEPT_FIELDS[field] : undefined;
}

const addGroup = defineRoute({
  method: 'POST',
  url: '/fields/groups',
  right: 'settings.write',
  summary: 'Create a group of custom fields',
  body: fieldGroupChangeSchema,
  response: fieldGroupSchema,
  status: 201,
  example: { body: { name: 'Training' } },
  handler: ({ db, by, workspace, body }) =>
    inTransaction(db, (tx) => createGroup(tx, { workspaceId: workspace.id, by, ...body })),
});

const changeGroup = defineRoute({
  method: 'PATCH',
  url: '/fields/groups/:id',
  right: 'settings.write',
  summary: 'Rename a group of custom fields',
  params: idParams,
  body: fieldGroupChangeSchema,
  response: fieldGroupSchema,
  example: { body: { name: 'Workouts' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, (tx) =>
      renameGroup(tx, { workspaceId: workspace.id, id: params.id, by, ...body }),
    ),
});

const removeGroup = defineRoute({
  method: 'DELETE',
  url: '/fields/groups/:id',
  right: 'settings.write',
  summary: 'Delete a group of custom fields',
  description: 'Its fields stay, in no group.',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    const group = { workspaceId: workspace.id, id: params.id, by };
    await inTransaction(db, (tx) => deleteGroup(tx, group));
    return undefined;
  },
});
