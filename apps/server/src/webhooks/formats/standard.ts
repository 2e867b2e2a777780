import { Webhook } from 'standardwebhooks';
import { eventIdOf } from '../../events/index.ts';
import type { ToldFact } from '../../reports/index.ts';
import { webhookKind } from '../kinds.ts';
import { signingNow } from '../secrets.ts';
import type { Told, WebhookFormat, WebhookRequest } from './format.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Soon at first, for receivers that restart; then hourly until it is paused. */
const RETRIES_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
];

/**
 * By the specification of Standard Webhooks: one fact a request, signed; the ID stays the same
 * however often it is tried, so that the receiver knows a repeat.
 */
export const standardFormat: WebhookFormat = {
  most: 1,
  atOnce: 8,
  write([telling], told) {
    if (!telling) return undefined;
    return signed(`msg_${telling.id}`, payloadOf(telling.told), told);
  },
  writeTest: (told) =>
    signed(
      `msg_test_${told.now.getTime()}`,
      { type: 'test', timestamp: told.now.toISOString(), data: {} },
      told,
    ),
  retryMs: (failures) => RETRIES_MS[Math.min(failures, RETRIES_MS.length) - 1] ?? 0,
};

function signed(id: string, payload: object, { secrets, now }: Told): WebhookRequest {
  const body = JSON.stringify(payload);
  // Whole seconds, as the header has them.
  const at = new Date(Math.floor(now.getTime() / SECOND) * SECOND);
  const signatures = signingNow(secrets, now).map((secret) =>
    new Webhook(secret).sign(id, at, body),
  );
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(at.getTime() / SECOND),
      'webhook-signature': signatures.join(' '),
    },
    body,
  };
}

function payloadOf({ fact, contact, delivery, tags }: ToldFact): object {
  return {
    type: webhookKind(fact.type),
    timestamp: fact.occurred_at.toISOString(),
    data: {
      event: {
        id: eventIdOf(fact),
        event: fact.type,
        key: fact.key,
        occurred_at: fact.occurred_at.toISOString(),
        received_at: fact.received_at.toISOString(),
        source: fact.source,
        params: fact.params ?? {},
      },
      contact: contact
        ? {
            id: String(contact.id),
            external_id: contact.external_id,
            email: contact.email,
            phone: contact.phone,
          }
        : null,
      ...(delivery && {
        message: {
          id: String(delivery.message_id),
          name: delivery.message_name,
          language: delivery.language,
          tags,
        },
        delivery: {
          id: String(delivery.delivery_id),
          send: String(delivery.send_id),
          channel: delivery.channel,
          address: delivery.address,
          reason: delivery.reason,
          campaign: textOf(delivery.campaign_id),
          workflow: textOf(delivery.workflow_id),
          run: textOf(delivery.run_id),
          block: delivery.block,
          external_request_id: delivery.external_request_id,
        },
      }),
    },
  };
}

function textOf(id: number | null): string | null {
  return id === null ? null : String(id);
}
