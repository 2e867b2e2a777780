import type { HttpPort } from '@perennial/channels/providers';
import { inTransaction, type Pool } from '../db/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { insertAttempts } from './attempt-queries.ts';
import type { WebhookFormats } from './formats/format.ts';
import { makeRequest } from './make-request.ts';
import type { WebhookRow } from './queries.ts';
import { openSecrets } from './secrets.ts';

/** Makes a request that tells nothing, now, whatever waits; answers its number in the log. */
export async function tryWebhook(
  pool: Pool,
  { http, box, formats }: { http: HttpPort; box: SecretBox; formats: WebhookFormats },
  { webhook, now }: { webhook: WebhookRow; now: Date },
): Promise<number> {
  const secrets = openSecrets(box, webhook.secrets);
  const request = formats[webhook.format].writeTest({ secrets, now });
  const { url, id: webhookId, workspace_id: workspaceId } = webhook;
  const outcome = await makeRequest(http, { url, request, basicAuth: secrets.basic_auth });
  const attempt = { ...outcome, at: now, kind: null, try: 1, waiting: [], test: true };
  const [id] = await inTransaction(pool, (tx) =>
    insertAttempts(tx, { workspaceId, webhookId, attempts: [attempt] }),
  );
  return id!;
}
