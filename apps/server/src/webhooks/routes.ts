import {
  idParams,
  idSchema,
  newWebhookSchema,
  pageOf,
  webhookAttemptDetailsSchema,
  webhookAttemptSchema,
  webhookChangeSchema,
  webhookSchema,
  webhookSecretSchema,
  webhookSkipSchema,
} from '@perennial/contracts';
import { z } from 'zod';
import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Db } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import {
  defineRoute,
  notFound,
  nothing,
  pageFrom,
  pageQuery,
  Problem,
  type ManageRoute,
} from '../http/index.ts';
import { readToldFacts } from '../reports/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { mayReadPersonal } from '../users/index.ts';
import { findAttempt, listAttempts, type AttemptRow } from './attempt-queries.ts';
import { alarmWebhookRoutes } from './alarm-webhook-routes.ts';
import type { WebhookFormats } from './formats/format.ts';
import { insertAgain, type Waiting } from './outbox-queries.ts';
import { listWebhooks, type WebhookRow } from './queries.ts';
import {
  changeWebhook,
  createWebhook,
  removeWebhook,
  rotateSecret,
  setWebhookState,
} from './save-webhook.ts';
import { requireSafe, requireWebhook, showWebhook, viewWebhook } from './show-webhook.ts';
import { skipFacts } from './skip-facts.ts';
import { tryWebhook } from './try-webhook.ts';
import { WEBHOOKS_CHANNEL } from './note-facts.ts';

export interface WebhookRouteParts {
  box: SecretBox;
  egress: Egress;
  formats: WebhookFormats;
}

const attemptParams = z.object({ id: idSchema, attempt: idSchema });

/** The calls about webhooks. */
export function webhookRoutes(parts: WebhookRouteParts): ManageRoute[] {
  const { box, egress, formats } = parts;
  const list = defineRoute({
    method: 'GET',
    url: '/webhooks',
    right: 'settings.write',
    summary: 'List webhooks by name, with how they have gone in the last day',
    response: pageOf(webhookSchema),
    handler: async ({ db, workspace, now }) => {
      const rows = await listWebhooks(db, { workspaceId: workspace.id });
      return { items: await Promise.all(rows.map((row) => view(db, row, now))), next_cursor: null };
    },
  });

  const create = defineRoute({
    method: 'POST',
    url: '/webhooks',
    right: 'settings.write',
    summary: 'Add a webhook',
    description:
      'It is told of what happens from now on. The answer is the only one that holds its secret.',
    body: newWebhookSchema,
    response: webhookSecretSchema,
    status: 201,
    secretAnswer: true,
    example: {
      body: {
        name: 'Data warehouse',
        url: 'https://example.com/hooks',
        kinds: ['message.delivered', 'message.clicked'],
      },
    },
    handler: async ({ db, by, workspace, body, now }) => {
      requireSafe(egress, body.url);
      const { id, secret } = await inTransaction(db, (tx) =>
        createWebhook(tx, box, { workspaceId: workspace.id, by, ...body }),
      );
      return { webhook: await show(db, { workspaceId: workspace.id, id, now }), secret };
    },
  });

  const read = defineRoute({
    method: 'GET',
    url: '/webhooks/:id',
    right: 'settings.write',
    summary: 'Read a webhook; its secret is never shown',
    params: idParams,
    response: webhookSchema,
    handler: ({ db, workspace, params, now }) =>
      show(db, { workspaceId: workspace.id, ...params, now }),
  });

  const change = defineRoute({
    method: 'PATCH',
    url: '/webhooks/:id',
    right: 'settings.write',
    summary: 'Change a webhook',
    description: 'What waits already goes to the new address, too.',
    params: idParams,
    body: webhookChangeSchema,
    response: webhookSchema,
    example: { body: { name: 'Warehouse' } },
    handler: async ({ db, by, workspace, params, body, now }) => {
      if (body.url !== undefined) requireSafe(egress, body.url);
      const named = { workspaceId: workspace.id, ...params };
      await inTransaction(db, (tx) => changeWebhook(tx, box, { ...named, by, ...body }));
      return show(db, { ...named, now });
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/webhooks/:id',
    right: 'settings.write',
    summary: 'Delete a webhook, with what waits for it',
    params: idParams,
    response: nothing,
    handler: async ({ db, by, workspace, params }) => {
      await inTransaction(db, (tx) =>
        removeWebhook(tx, { workspaceId: workspace.id, ...params, by }),
      );
      return undefined;
    },
  });

  const states = (
    [
      ['pause', 'paused', 'Pause a webhook', 'What happens meanwhile waits for seven days.'],
      ['resume', 'active', 'Go on with a webhook', 'What waits is told first, in its order.'],
    ] as const
  ).map(([verb, state, summary, description]) =>
    defineRoute({
      method: 'POST',
      url: `/webhooks/:id/${verb}`,
      right: 'settings.write',
      summary,
      description,
      params: idParams,
      response: webhookSchema,
      handler: async ({ db, by, workspace, params, now }) => {
        const named = { workspaceId: workspace.id, ...params };
        await inTransaction(db, (tx) => setWebhookState(tx, { ...named, by, state }));
        await ring(db);
        return show(db, { ...named, now });
      },
    }),
  );

  const rotation = defineRoute({
    method: 'POST',
    url: '/webhooks/:id/rotate',
    right: 'settings.write',
    summary: 'Give a webhook a new secret',
    description:
      'For a day requests are signed with the new one and the one before. The answer is the only ' +
      'one that holds the new secret.',
    params: idParams,
    response: webhookSecretSchema,
    secretAnswer: true,
    handler: async ({ db, by, workspace, params, now }) => {
      const named = { workspaceId: workspace.id, ...params };
      const row = await requireWebhook(db, named);
      if (row.format !== 'standard')
        throw new Problem('conflict', { detail: 'Webhooks of this format are not signed.' });
      const secret = await inTransaction(db, (tx) => rotateSecret(tx, box, { ...named, by }));
      return { webhook: await show(db, { ...named, now }), secret };
    },
  });

  const trial = defineRoute({
    method: 'POST',
    url: '/webhooks/:id/test',
    right: 'settings.write',
    summary: 'Make a request that tells nothing',
    description:
      'A signed `test` with the standard format, a GET with lists of activities. It is made now, ' +
      'whatever waits, also while the webhook is paused.',
    params: idParams,
    response: webhookAttemptSchema,
    handler: async ({ db, workspace, params, now }) => {
      const workspaceId = workspace.id;
      const webhook = await requireWebhook(db, { workspaceId, ...params });
      const id = await tryWebhook(db, { http: egress, box, formats }, { webhook, now });
      return attemptView((await findAttempt(db, { workspaceId, webhookId: webhook.id, id }))!);
    },
  });

  const attempts = defineRoute({
    method: 'GET',
    url: '/webhooks/:id/attempts',
    right: 'settings.write',
    summary: 'List requests of a webhook, newest first',
    description: 'Of seven days; of those that were taken, the last 500.',
    params: idParams,
    query: z.object({
      ...pageQuery(z.tuple([z.int()])),
      failed: z.enum(['true', 'false']).default('false'),
    }),
    response: pageOf(webhookAttemptSchema),
    handler: async ({ db, workspace, params, query }) => {
      const { id: webhookId } = await requireWebhook(db, { workspaceId: workspace.id, ...params });
      const rows = await listAttempts(db, {
        workspaceId: workspace.id,
        webhookId,
        failed: query.failed === 'true',
        before: query.cursor?.[0],
        limit: query.limit + 1,
      });
      const page = pageFrom(rows, { limit: query.limit, position: ({ id }) => [id] });
      return { ...page, items: page.items.map(attemptView) };
    },
  });

  const attempt = defineRoute({
    method: 'GET',
    url: '/webhooks/:id/attempts/:attempt',
    right: 'settings.write',
    summary: 'Read a request and its answer',
    description:
      'The request is written anew from the facts, and shown to those who may see personal data.',
    params: attemptParams,
    response: webhookAttemptDetailsSchema,
    handler: async ({ db, workspace, params, rights }) => {
      const webhook = await requireWebhook(db, { workspaceId: workspace.id, id: params.id });
      const row = await findAttempt(db, {
        workspaceId: workspace.id,
        webhookId: webhook.id,
        id: params.attempt,
      });
      if (!row) throw notFound('webhook');
      const request = mayReadPersonal(rights) ? await rewrite(db, webhook, row) : null;
      const answer = mayReadPersonal(rights) ? row.answer : null;
      return { ...attemptView({ ...row, answer }), request };
    },
  });

  const again = defineRoute({
    method: 'POST',
    url: '/webhooks/:id/attempts/:attempt/redeliver',
    right: 'settings.write',
    summary: 'Tell the facts of a request again',
    description: 'Before all that waits, under the same IDs.',
    params: attemptParams,
    response: webhookSchema,
    handler: async ({ db, by, workspace, params, now }) => {
      const workspaceId = workspace.id;
      const { id: webhookId } = await requireWebhook(db, { workspaceId, id: params.id });
      const row = await findAttempt(db, { workspaceId, webhookId, id: params.attempt });
      if (!row) throw notFound('webhook');
      if (row.test) throw new Problem('conflict', { detail: 'A test tells nothing.' });
      await inTransaction(db, async (tx) => {
        await insertAgain(tx, { workspaceId, webhookId, waiting: row.waiting, now });
        await writeAudit(tx, {
          by,
          action: 'webhook.redeliver',
          object: { kind: 'webhook', id: webhookId },
          after: { facts: row.facts },
        });
      });
      await ring(db);
      return show(db, { workspaceId, id: webhookId, now });
    },
  });

  const skip = defineRoute({
    method: 'POST',
    url: '/webhooks/:id/attempts/:attempt/skip',
    right: 'settings.write',
    summary: 'Give up the facts of a request that is not taken',
    description:
      'For a receiver that refuses one fact for ever and so holds up all that follows. They are told no ' +
      'more, unless by telling this request again; the audit keeps who gave them up, and why.',
    params: attemptParams,
    body: webhookSkipSchema,
    response: webhookSchema,
    example: { body: { reason: 'The shop has no such order', first: 1 } },
    handler: async ({ db, by, workspace, params, body, now }) => {
      const workspaceId = workspace.id;
      const { id: webhookId } = await requireWebhook(db, { workspaceId, id: params.id });
      const which = { workspaceId, webhookId, attemptId: params.attempt };
      await inTransaction(db, (tx) => skipFacts(tx, { ...which, by, ...body, first: body.first }));
      await ring(db);
      return show(db, { workspaceId, id: webhookId, now });
    },
  });

  async function rewrite(db: Db, webhook: WebhookRow, row: AttemptRow & { waiting: Waiting[] }) {
    const told = await readToldFacts(db, {
      workspaceId: webhook.workspace_id,
      keys: row.waiting.map(({ outboxId: _, ...key }) => key),
    });
    const ids = new Map(row.waiting.map(({ id, outboxId }) => [id, outboxId]));
    const format = formats[webhook.format];
    const unsigned = { secrets: { signing: [] }, now: row.at };
    const request = row.test
      ? format.writeTest(unsigned)
      : format.write(
          told.map((one) => ({ id: ids.get(one.fact.id)!, told: one })),
          unsigned,
        );
    if (!request) return null;
    const { 'webhook-signature': _, ...headers } = request.headers;
    return { headers, body: request.body ?? '' };
  }

  const view = (db: Db, row: WebhookRow, now: Date) => viewWebhook(db, box, { row, now });
  const show = (db: Db, named: { workspaceId: number; id: number; now: Date }) =>
    showWebhook(db, box, named);

  return [
    list,
    create,
    read,
    change,
    remove,
    ...states,
    rotation,
    trial,
    attempts,
    attempt,
    again,
    skip,
    ...alarmWebhookRoutes(parts),
  ];
}

/** Whoever delivers looks now. */
async function ring(db: Db): Promise<void> {
  await db.query(`notify ${WEBHOOKS_CHANNEL}`);
}

function attemptView({
  delivered,
  skipped,
  ...row
}: AttemptRow): z.output<typeof webhookAttemptSchema> {
  return {
    ...row,
    outcome: delivered ? 'delivered' : 'failed',
    skipped: skipped && { ...skipped, at: new Date(skipped.at) },
  };
}
