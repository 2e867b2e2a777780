import {
  fetchSecretChangeSchema,
  fetchSecretSchema,
  idParams,
  newFetchSecretSchema,
  pageOf,
} from '@perennial/contracts';
import { inTransaction } from '../../../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../../../http/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { changeSecret, createSecret, removeSecret } from './save-secret.ts';
import { listSecrets } from './secret-queries.ts';

/** The calls about secrets that messages fetch with; no answer holds a value. */
export function fetchSecretRoutes({ box }: { box: SecretBox }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/fetch_secrets',
    right: 'member',
    summary: 'List secrets that messages fetch with, by name and without their values',
    response: pageOf(fetchSecretSchema),
    handler: async ({ db, workspace }) => ({
      items: await listSecrets(db, { workspaceId: workspace.id }),
      next_cursor: null,
    }),
  });

  const create = defineRoute({
    method: 'POST',
    url: '/fetch_secrets',
    right: 'settings.write',
    summary: 'Keep a secret that messages fetch with',
    description:
      'It is sealed, sent only to its host, and used by name: ' +
      '`{% fetch "https://api.example.com/offers" as offers, secret: "shop" %}`.',
    body: newFetchSecretSchema,
    response: fetchSecretSchema,
    status: 201,
    example: {
      body: {
        name: 'shop',
        origin: 'https://api.example.com',
        header: 'Authorization',
        value: 'Bearer 3f9a6c1e0b',
      },
    },
    handler: ({ db, by, workspace, body }) =>
      inTransaction(db, (tx) => createSecret(tx, box, { workspaceId: workspace.id, by, ...body })),
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/fetch_secrets/:id',
    right: 'settings.write',
    summary: 'Give a secret another value, header or host',
    params: idParams,
    body: fetchSecretChangeSchema,
    response: fetchSecretSchema,
    example: { body: { value: 'Bearer 77d20b9c41' } },
    handler: ({ db, by, workspace, params, body }) =>
      inTransaction(db, (tx) =>
        changeSecret(tx, box, { workspaceId: workspace.id, by, ...params, change: body }),
      ),
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/fetch_secrets/:id',
    right: 'settings.write',
    summary: 'Erase a secret: messages that fetch with it do so no more',
    params: idParams,
    response: nothing,
    handler: async ({ db, by, workspace, params }) => {
      await inTransaction(db, (tx) =>
        removeSecret(tx, { workspaceId: workspace.id, by, ...params }),
      );
      return undefined;
    },
  });

  return [list, create, change, remove];
}
