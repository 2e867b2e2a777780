import {
  fetchSecretChangeSchema,
  fetchSecretSchema,
  idParams,
  newFetchSecretSchema,
  pageOf,
} from '@perennial/contracts';
import { inTransaction, type Db } from '../../../db/index.ts';
import { defineRoute, nothing, type ManageRoute } from '../../../http/index.ts';
import type { SecretBox } from '../../../secret/index.ts';
import { changeSecret, createSecret, removeSecret } from './save-secret.ts';
import { listSecrets, type FetchSecretRow } from './secret-queries.ts';
import { findSecretUses, type SecretUse } from './secret-uses.ts';

/** The calls about secrets that messages fetch with; no answer holds a value. */
export function fetchSecretRoutes({ box }: { box: SecretBox }): ManageRoute[] {
  const list = defineRoute({
    method: 'GET',
    url: '/fetch_secrets',
    right: 'member',
    summary: 'List secrets that messages fetch with, by name and without their values',
    response: pageOf(fetchSecretSchema),
    handler: async ({ db, workspace }) => ({
      items: await withUses(db, workspace.id, await listSecrets(db, { workspaceId: workspace.id })),
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
      inTransaction(db, async (tx) => {
        const created = await createSecret(tx, box, { workspaceId: workspace.id, by, ...body });
        return one(await withUses(tx, workspace.id, [created]));
      }),
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
      inTransaction(db, async (tx) => {
        const which = { workspaceId: workspace.id, by, ...params };
        const changed = await changeSecret(tx, box, { ...which, change: body });
        return one(await withUses(tx, workspace.id, [changed]));
      }),
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/fetch_secrets/:id',
    right: 'settings.write',
    summary: 'Erase a secret: messages that fetch with it do so no more',
    description:
      'At once, and what was fetched with it is used no more. `used_by` in the list says which ' +
      'messages will miss it: they can be neither started nor published until they name another.',
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

/** With the messages that would miss each. */
async function withUses(
  db: Db,
  workspaceId: number,
  secrets: readonly FetchSecretRow[],
): Promise<(FetchSecretRow & { used_by: SecretUse[] })[]> {
  const names = secrets.map(({ name }) => name);
  const uses = await findSecretUses(db, { workspaceId, names });
  return secrets.map((secret) => ({ ...secret, used_by: uses.get(secret.name) ?? [] }));
}

function one<Row>(rows: readonly Row[]): Row {
  return rows[0]!;
}
