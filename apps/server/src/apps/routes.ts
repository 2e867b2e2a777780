import {
  appChangeSchema,
  appSchema,
  createdSigningKeySchema,
  idParams,
  idSchema,
  newAppSchema,
  newSigningKeySchema,
  pageOf,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction, type Db } from '../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../http/index.ts';
import { changeApp, createApp } from './change-apps.ts';
import { addSigningKey, removeSigningKey } from './change-signing-keys.ts';
import { listApps, type AppWithKeys } from './queries.ts';

const COUNTED_DAYS = 7;

/** The first of the days whose calls are told. */
function since(now: Date): string {
  const first = new Date(now.getTime() - (COUNTED_DAYS - 1) * 24 * 60 * 60_000);
  return first.toISOString().slice(0, 10);
}

async function showApp(
  db: Db,
  app: { workspaceId: number; id: number; now: Date },
): Promise<AppWithKeys> {
  const [row] = await listApps(db, { ...app, since: since(app.now) });
  if (!row) throw notFound('app');
  return row;
}

const list = defineRoute({
  method: 'GET',
  url: '/apps',
  // Who draws a workflow says to which app a push goes.
  right: 'member',
  summary: 'List apps by name, those that were archived last',
  response: pageOf(appSchema),
  handler: async ({ db, workspace, now }) => ({
    items: await listApps(db, { workspaceId: workspace.id, since: since(now) }),
    next_cursor: null,
  }),
});

const create = defineRoute({
  method: 'POST',
  url: '/apps',
  right: 'settings.write',
  summary: 'Add an app',
  body: newAppSchema,
  response: appSchema,
  status: 201,
  example: { body: { name: 'Stride for iOS', platform: 'ios' } },
  handler: async ({ db, by, workspace, body, now }) => {
    const { id } = await inTransaction(db, (tx) =>
      createApp(tx, { workspaceId: workspace.id, by, ...body }),
    );
    return showApp(db, { workspaceId: workspace.id, id, now });
  },
});

const show = defineRoute({
  method: 'GET',
  url: '/apps/:id',
  right: 'settings.write',
  summary: 'Show an app',
  params: idParams,
  response: appSchema,
  handler: ({ db, workspace, params, now }) =>
    showApp(db, { workspaceId: workspace.id, ...params, now }),
});

const change = defineRoute({
  method: 'PATCH',
  url: '/apps/:id',
  right: 'settings.write',
  summary: 'Change an app',
  description:
    'With `require_verified` the app needs a signing key. From then on external ID, e-mail and phone are taken from user tokens alone.',
  params: idParams,
  body: appChangeSchema,
  response: appSchema,
  example: { body: { name: 'Stride for iPad' } },
  handler: async ({ db, by, workspace, params, body, now }) => {
    const app = { workspaceId: workspace.id, ...params };
    await inTransaction(db, (tx) => changeApp(tx, { ...app, ...body, by }));
    return showApp(db, { ...app, now });
  },
});

const addKey = defineRoute({
  method: 'POST',
  url: '/apps/:id/signing_keys',
  right: 'settings.write',
  summary: 'Add a signing key',
  description:
    'Give the public half of a pair, or let one be made: the answer is the only one that holds its private half.',
  params: idParams,
  body: newSigningKeySchema,
  response: createdSigningKeySchema,
  status: 201,
  secretAnswer: true,
  example: { body: { name: 'Backend' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, (tx) =>
      addSigningKey(tx, {
        workspaceId: workspace.id,
        appId: params.id,
        name: body.name,
        publicKey: body.public_key,
        by,
      }),
    ),
});

const removeKey = defineRoute({
  method: 'DELETE',
  url: '/apps/:id/signing_keys/:key',
  right: 'settings.write',
  summary: 'Remove a signing key',
  description: 'Tokens that were signed with it stop counting within five seconds.',
  params: z.object({ id: idSchema, key: idSchema }),
  response: nothing,
  handler: async ({ db, by, workspace, params }) => {
    const { id: appId, key: id } = params;
    await inTransaction(db, (tx) =>
      removeSigningKey(tx, { workspaceId: workspace.id, appId, id, by }),
    );
    return undefined;
  },
});

export const appRoutes: ManageRoute[] = [list, create, show, change, addKey, removeKey];
