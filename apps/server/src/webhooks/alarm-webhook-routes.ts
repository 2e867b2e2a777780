import {
  alarmWebhookSchema,
  alarmWebhookShownSchema,
  idParams,
  webhookSecretSchema,
} from '@perennial/contracts';
import { requireAlarm } from '../alarms/index.ts';
import { inTransaction } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import { defineRoute, notFound, nothing, type ManageRoute } from '../http/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { findWebhookOfAlarm } from './queries.ts';
import { putAlarmWebhook, removeWebhook } from './save-webhook.ts';
import { requireSafe, showWebhook, viewWebhook } from './show-webhook.ts';

/** The calls about the webhook that an alarm has for itself. The calls about webhooks are about it, too. */
export function alarmWebhookRoutes({
  box,
  egress,
}: {
  box: SecretBox;
  egress: Egress;
}): ManageRoute[] {
  const read = defineRoute({
    method: 'GET',
    url: '/alarms/:id/webhook',
    right: 'settings.write',
    summary: 'Read where an alarm calls',
    params: idParams,
    response: alarmWebhookShownSchema,
    handler: async ({ db, workspace, params, now }) => {
      const alarm = await requireAlarm(db, { workspaceId: workspace.id, ...params });
      const row = await findWebhookOfAlarm(db, { alarmId: alarm.id });
      return { webhook: row ? await viewWebhook(db, box, { row, now }) : null };
    },
  });

  const put = defineRoute({
    method: 'PUT',
    url: '/alarms/:id/webhook',
    right: 'settings.write',
    summary: 'Let an alarm call an address when it is raised and when it ends',
    description:
      'Signed, in order and at least once, as all webhooks of the standard format. The first answer ' +
      'is the only one that holds the secret; `POST /webhooks/{id}/rotate` gives a new one.',
    params: idParams,
    body: alarmWebhookSchema,
    response: webhookSecretSchema,
    secretAnswer: true,
    example: { body: { url: 'https://example.com/pager' } },
    handler: async ({ db, by, workspace, params, body, now }) => {
      requireSafe(egress, body.url);
      const workspaceId = workspace.id;
      const { id, secret } = await inTransaction(db, async (tx) => {
        const alarm = await requireAlarm(tx, { workspaceId, ...params, lock: true });
        return putAlarmWebhook(tx, box, { alarm, by, ...body });
      });
      return { webhook: await showWebhook(db, box, { workspaceId, id, now }), secret };
    },
  });

  const remove = defineRoute({
    method: 'DELETE',
    url: '/alarms/:id/webhook',
    right: 'settings.write',
    summary: 'Let an alarm call nobody any more; what waits is not told',
    params: idParams,
    response: nothing,
    handler: async ({ db, by, workspace, params }) => {
      const workspaceId = workspace.id;
      await inTransaction(db, async (tx) => {
        const alarm = await requireAlarm(tx, { workspaceId, ...params, lock: true });
        const row = await findWebhookOfAlarm(tx, { alarmId: alarm.id });
        if (!row) throw notFound('webhook');
        await removeWebhook(tx, { workspaceId, id: row.id, by });
      });
      return undefined;
    },
  });

  return [read, put, remove];
}
