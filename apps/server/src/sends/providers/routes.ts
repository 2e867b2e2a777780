import {
  idParams,
  newProviderSchema,
  pageOf,
  providerChangeSchema,
  providerSchema,
  providerVerdictSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../../http/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { readProvider } from './open-provider.ts';
import {
  findProvider,
  listProviders,
  recordProviderState,
  type ProviderRow,
} from './provider-queries.ts';
import { changeProvider, createProvider, removeProvider, secretsSet } from './save-provider.ts';

/** The calls about providers. */
export function providerRoutes({ box }: { box: SecretBox }): ManageRoute[] {
  const view = (row: ProviderRow): z.output<typeof providerSchema> => ({
    ...row,
    secrets_set: secretsSet(box, row),
  });

  const list = defineRoute({
    method: 'GET',
    url: '/providers',
    right: 'settings.write',
    summary: 'List providers by channel, in the order in which they are used',
    response: pageOf(providerSchema),
    handler: async ({ db, workspace }) => {
      const rows = await listProviders(db, { workspaceId: workspace.id });
      return { items: rows.map(view), next_cursor: null };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/providers',
    right: 'settings.write',
    summary: 'Set up a provider',
    body: newProviderSchema,
    response: providerSchema,
    status: 201,
    example: { body: { channel: 'email', kind: 'sandbox' } },
    handler: async ({ db, by, workspace, body }) => {
      const provider = { workspaceId: workspace.id, by, ...body };
      return view(await createProvider(db, box, provider));
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/providers/:id',
    right: 'settings.write',
    summary: 'Read a provider; its secrets are never shown',
    params: idParams,
    response: providerSchema,
    handler: async ({ db, workspace, params }) =>
      view(await find(db, { workspaceId: workspace.id, ...params })),
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/providers/:id',
    right: 'settings.write',
    summary: 'Change a provider; what is being sent goes on with the old settings',
    params: idParams,
    body: providerChangeSchema,
    response: providerSchema,
    example: { body: { enabled: true } },
    handler: async ({ db, by, workspace, params, body }) => {
      const provider = { workspaceId: workspace.id, by, ...params, ...body };
      return view(await changeProvider(db, box, provider));
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/providers/:id',
    right: 'settings.write',
    summary: 'Remove a provider; without another the channel goes to the sandbox',
    params: idParams,
    response: nothing,
    handler: ({ db, by, workspace, params }) =>
      removeProvider(db, { workspaceId: workspace.id, by, ...params }).then(() => undefined),
  });

  const verify = defineRoute({
    method: 'POST',
    url: '/providers/:id/verify',
    right: 'settings.write',
    summary: 'Connect and log in, without sending anything',
    params: idParams,
    response: providerVerdictSchema,
    handler: async ({ db, workspace, params, now }) => {
      const row = await find(db, { workspaceId: workspace.id, ...params });
      const problem = await problemOf(row, box);
      await recordProviderState(db, {
        id: row.id,
        problem,
        ...(problem === null && { verifiedAt: now }),
      });
      return { ok: problem === null, problem };
    },
  });

  return [list, create, read, change, remove, verify];
}

async function find(
  db: Pool,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ProviderRow> {
  const row = await findProvider(db, { workspaceId, id });
  if (!row) throw notFound('provider');
  return row;
}

async function problemOf(row: ProviderRow, box: SecretBox): Promise<string | null> {
  const read = readProvider(row, box);
  if (read.kind === 'inside') return null;
  if (read.kind === 'broken') return read.problem;
  const provider = read.open();
  try {
    const verified = await provider.verify();
    return verified.ok ? null : verified.problem;
  } finally {
    await provider.close();
  }
}
