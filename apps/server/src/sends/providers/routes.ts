import {
  idParams,
  newProviderSchema,
  pageOf,
  providerChangeSchema,
  providerOrderSchema,
  providerSchema,
  providerTrialOutcomeSchema,
  providerTrialSchema,
  providerVerdictSchema,
} from '@perennial/contracts';
import type { z } from 'zod';
import type { Pool } from '../../db/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../../http/index.ts';
import type { Egress } from '../../egress/index.ts';
import type { SecretBox } from '../../secret/index.ts';
import { callsBack, createCallbackUrls } from '../callbacks/callback-url.ts';
import { readProvider, type ProviderSurroundings } from './open-provider.ts';
import { arrangeProviders } from './order-providers.ts';
import { findProvider, listProviders, recordCheck, type ProviderRow } from './provider-queries.ts';
import { tryProvider } from './try-provider.ts';
import { changeProvider, createProvider, removeProvider, secretsSet } from './save-provider.ts';

/** The calls about providers. */
export function providerRoutes({
  box,
  egress,
  clock,
  publicUrl = '',
}: {
  box: SecretBox;
  egress: Egress;
  clock: () => Date;
  publicUrl?: string | undefined;
}): ManageRoute[] {
  const surroundings = { box, http: egress, clock };
  const callbackUrls = createCallbackUrls(box);

  const view = (row: ProviderRow): z.output<typeof providerSchema> => ({
    ...row,
    secrets_set: secretsSet(box, row),
    callback_url: callsBack(row) ? `${publicUrl}${callbackUrls.pathOf(row.id)}` : null,
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
      return view(await createProvider(db, { box, egress }, provider));
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
      return view(await changeProvider(db, { box, egress }, provider));
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
      const { problem, note } = await verdictOn(row, surroundings);
      await recordCheck(db, { id: row.id, problem, now });
      return { ok: problem === null, problem, note };
    },
  });

  const order = defineRoute({
    method: 'POST',
    url: '/providers/order',
    right: 'settings.write',
    summary: 'Put the providers of a channel into the order in which they take over',
    body: providerOrderSchema,
    response: pageOf(providerSchema),
    handler: async ({ db, by, workspace, body }) => {
      const rows = await arrangeProviders(db, { workspaceId: workspace.id, by, ...body });
      return { items: rows.map(view), next_cursor: null };
    },
  });

  const attempt = defineRoute({
    method: 'POST',
    url: '/providers/:id/try',
    right: 'settings.write',
    summary: 'Send a short e-mail through this provider and say what it answered',
    params: idParams,
    body: providerTrialSchema,
    response: providerTrialOutcomeSchema,
    handler: async ({ db, by, workspace, params, body }) => {
      const row = await find(db, { workspaceId: workspace.id, ...params });
      const outcome = await tryProvider(db, surroundings, { row, by, ...body });
      return {
        outcome: outcome.kind,
        reason: 'reason' in outcome ? outcome.reason : null,
        answer: outcome.answer ?? null,
        ref: outcome.kind === 'accepted' ? (outcome.ref ?? null) : null,
      };
    },
  });

  return [list, create, read, change, remove, verify, order, attempt];
}

async function find(
  db: Pool,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ProviderRow> {
  const row = await findProvider(db, { workspaceId, id });
  if (!row) throw notFound('provider');
  return row;
}

async function verdictOn(
  row: ProviderRow,
  surroundings: ProviderSurroundings,
): Promise<{ problem: string | null; note: string | null }> {
  const read = readProvider(row, surroundings);
  if (read.kind === 'inside') return { problem: null, note: null };
  if (read.kind === 'broken') return { problem: read.problem, note: null };
  const provider = read.open();
  try {
    const verified = await provider.verify();
    return verified.ok
      ? { problem: null, note: verified.answer ?? null }
      : { problem: verified.problem, note: null };
  } finally {
    await provider.close();
  }
}
