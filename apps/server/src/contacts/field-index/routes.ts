import { fieldIndexSchema, newFieldIndexSchema, pageOf } from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../../db/index.ts';
import { defineRoute, notFound, nothing, Problem, type ManageRoute } from '../../http/index.ts';
import { readCustomRules } from '../field-catalogue.ts';
import { fieldTypesOf } from '../filter/condition-fields.ts';
import { dropFieldIndex, indexFieldValues } from './index-field.ts';
import { isIndexable } from './is-indexable.ts';
import { listFieldIndexes } from './queries.ts';

const list = defineRoute({
  method: 'GET',
  url: '/fields/indexes',
  right: 'member',
  summary: 'List the fields whose values are indexed',
  description:
    'Filters by them find few among a million contacts at once, and lists of any size are sorted ' +
    'by them.',
  response: pageOf(fieldIndexSchema),
  handler: async ({ db, workspace }) => ({
    items: await listFieldIndexes(db, { workspaceId: workspace.id }),
    next_cursor: null,
  }),
});

const create = defineRoute({
  method: 'POST',
  url: '/fields/indexes',
  right: 'settings.write',
  summary: 'Index the values of a field',
  description:
    'Built as long work, at about a million contacts a minute. Filters that take long do this by ' +
    'themselves, for up to 20 fields. An index that is there stays; one that is being built is ' +
    'begun anew.',
  body: newFieldIndexSchema,
  response: fieldIndexSchema,
  status: 201,
  example: { body: { field: 'city' } },
  handler: ({ db, by, workspace: { id: workspaceId }, body: { field } }) =>
    inTransaction(db, async (tx) => {
      await requireIndexable(tx, { workspaceId, field });
      await indexFieldValues(tx, { workspaceId, field, automatic: false, by });
      const indexes = await listFieldIndexes(tx, { workspaceId });
      return indexes.find((index) => index.field === field)!;
    }),
});

const drop = defineRoute({
  method: 'DELETE',
  url: '/fields/indexes/:field',
  right: 'settings.write',
  summary: 'Drop the index of a field',
  description: 'Slow filters do not make it again; a person can.',
  params: z.object({ field: z.string().min(1).max(300) }),
  response: nothing,
  handler: async ({ db, by, workspace, params: { field } }) => {
    await inTransaction(db, async (tx) => {
      const dropped = await dropFieldIndex(tx, { workspaceId: workspace.id, field, by });
      if (!dropped) throw notFound('index');
    });
    return undefined;
  },
});

async function requireIndexable(
  tx: Db,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<void> {
  const fields = fieldTypesOf(await readCustomRules(tx, { workspaceId }));
  const message = !fields(field)
    ? 'There is no such field.'
    : isIndexable(field)
      ? undefined
      : 'This field is indexed for all workspaces, or changes too often to be.';
  if (message === undefined) return;
  throw new Problem('invalid_request', {
    detail: message,
    errors: [{ path: '/field', message, in: 'body' }],
  });
}

export const fieldIndexRoutes: ManageRoute[] = [list, create, drop];
