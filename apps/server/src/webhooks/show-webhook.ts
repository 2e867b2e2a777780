import type { webhookSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import type { Egress } from '../egress/index.ts';
import { notFound, Problem } from '../http/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { findWebhook, readHealth, type WebhookRow } from './queries.ts';
import { openSecrets } from './secrets.ts';

const DAY_MS = 86_400_000;

interface Named {
  workspaceId: number;
  id: number;
}

export async function requireWebhook(db: Db, named: Named): Promise<WebhookRow> {
  const row = await findWebhook(db, named);
  if (!row) throw notFound('webhook');
  return row;
}

/** A webhook with how it has gone; never its secrets. */
export async function viewWebhook(
  db: Db,
  box: SecretBox,
  { row: { alarm_id: alarm, ...row }, now }: { row: WebhookRow; now: Date },
): Promise<z.output<typeof webhookSchema>> {
  const { signing, basic_auth } = openSecrets(box, row.secrets);
  const until = signing.find((one) => one.until !== undefined && one.until > now.getTime())?.until;
  const since = new Date(now.getTime() - DAY_MS);
  return {
    ...row,
    ...(await readHealth(db, { id: row.id, since })),
    alarm,
    login: basic_auth?.login ?? null,
    secret_until: until === undefined ? null : new Date(until),
  };
}

export async function showWebhook(
  db: Db,
  box: SecretBox,
  { now, ...named }: Named & { now: Date },
): Promise<z.output<typeof webhookSchema>> {
  return viewWebhook(db, box, { row: await requireWebhook(db, named), now });
}

/** What is told is personal: in clear only to hosts that the operator opened. */
export function requireSafe(egress: Egress, url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || egress.names(hostname.replace(/^\[|\]$/g, ''))) return;
  const message = 'Expected an address with https.';
  throw new Problem('unprocessable', {
    detail: message,
    errors: [{ path: '/url', message, in: 'body' }],
  });
}
