import {
  accessKeyChangeSchema,
  accessKeySchema,
  createdAccessKeySchema,
  idParams,
  KEY_KINDS,
  newAccessKeySchema,
  pageOf,
  type KeyKind,
  type Right,
} from '@perennial/contracts';
import { z } from 'zod';
import { inTransaction } from '../../db/index.ts';
import { defineRoute, pageFrom, pageQuery, Problem, type ManageRoute } from '../../http/index.ts';
import { requireGrantable, type Rights } from '../rights.ts';
import { changeKey } from './change-key.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './queries.ts';
import { revokeKey } from './revoke-key.ts';

const list = defineRoute({
  method: 'GET',
  url: '/keys',
  right: 'settings.write',
  summary: 'List keys, newest first',
  query: z.object(pageQuery(z.tuple([z.int()]))),
  response: pageOf(accessKeySchema),
  handler: async ({ db, workspace, query: { limit, cursor } }) => {
    const filter = { workspaceId: workspace.id, before: cursor?.[0], limit: limit + 1 };
    return pageFrom(await listKeys(db, filter), { limit, position: (row) => [row.id] });
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/keys',
  right: 'settings.write',
  summary: 'Make a key',
  description: 'The answer holds the whole key. A secret one is never shown again.',
  body: newAccessKeySchema,
  response: createdAccessKeySchema,
  status: 201,
  secretAnswer: true,
  example: { body: { kind: 'write', name: 'iOS app' } },
  handler: async ({ db, by, workspace, rights, body }) => {
    const granted = body.rights ?? ownRightsOfKind(body.kind, rights);
    requireGrantable(rights, granted);
    return inTransaction(db, (tx) =>
      createKey(tx, { workspaceId: workspace.id, by, ...body, rights: granted }),
    );
  },
});

/** All of the kind, as far as the one who makes the key has them. */
function ownRightsOfKind(kind: KeyKind, own: Rights): Right[] {
  const granted = KEY_KINDS[kind].rights.filter((right) => own.has(right));
  if (granted.length > 0) return granted;
  throw new Problem('forbidden', { detail: `You have no right that a ${kind} key takes.` });
}

const change = defineRoute({
  method: 'PATCH',
  url: '/keys/:id',
  right: 'settings.write',
  summary: 'Rename a key, or give it to an app',
  params: idParams,
  body: accessKeyChangeSchema,
  response: accessKeySchema,
  example: { body: { name: 'Production' } },
  handler: ({ db, by, workspace, params, body }) =>
    inTransaction(db, (tx) =>
      changeKey(tx, { workspaceId: workspace.id, id: params.id, by, ...body }),
    ),
});

const revoke = defineRoute({
  method: 'DELETE',
  url: '/keys/:id',
  right: 'settings.write',
  summary: 'Revoke a key',
  params: idParams,
  response: accessKeySchema,
  handler: ({ db, by, workspace, params }) =>
    inTransaction(db, (tx) => revokeKey(tx, { workspaceId: workspace.id, id: params.id, by })),
});

export const keyRoutes: ManageRoute[] = [list, create, change, revoke];
