import { PRIORITIES, type deliverySchema, type sendSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import type { DeliveryListRow, SendListRow } from './view-queries.ts';

type DeliveryView = z.output<typeof deliverySchema>;
type SendView = z.output<typeof sendSchema>;

/** Contact 0 is nobody. */
function contactOf({ contact_id }: { contact_id: number }): number | null {
  return contact_id === 0 ? null : contact_id;
}

export function deliveryView(row: DeliveryListRow): DeliveryView {
  return {
    id: row.id,
    send: row.send_id,
    message: row.message_id,
    message_name: row.message_name,
    contact: contactOf(row),
    channel: row.channel,
    address: row.address,
    app: row.app,
    status: row.status,
    reason: row.reason,
    at: row.status_at,
    created_at: row.created_at,
    due_at: row.due_at,
    attempts: row.attempts,
    provider: row.in_sandbox ? 'sandbox' : row.provider_kind,
    subject: row.subject,
    subject_choice:
      row.subject_index === null ? null : { index: row.subject_index, text: row.subject_text },
    uncertain_at: row.uncertain_at,
    test: row.test,
  };
}

export function sendView(row: SendListRow, deliveries: readonly DeliveryListRow[]): SendView {
  return {
    id: row.id,
    message: row.message_id,
    message_name: row.message_name,
    message_version: row.message_version,
    contact: contactOf(row),
    channel: row.channel,
    language: row.language,
    workflow: row.workflow_id,
    run: row.run_id,
    block: row.block,
    campaign: row.campaign_id,
    transactional: row.transactional,
    test: row.test,
    decision: row.decision,
    reason: row.reason,
    reasons: row.reasons,
    priority: PRIORITIES[row.priority - 1] ?? 'normal',
    hold_until: row.hold_until,
    expires_at: row.expires_at,
    status: row.status,
    created_at: row.created_at,
    deliveries: deliveries.map(deliveryView),
  };
}

/** What a message says to somebody is theirs, its subject too. */
export function readable(deliveries: DeliveryView[], rights: Rights): DeliveryView[] {
  if (mayReadPersonal(rights)) return deliveries;
  return deliveries.map((delivery) => ({ ...delivery, subject: null }));
}
