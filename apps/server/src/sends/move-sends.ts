import type { Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';

/**
 * What was sent to dropped contacts becomes the survivors' history, and what is planned for them
 * goes on under the survivors' slots.
 */
export async function moveSends(
  tx: Tx,
  { pairs, slots }: { pairs: readonly { keepId: number; dropId: number }[]; slots: number },
): Promise<void> {
  if (pairs.length === 0) return;
  const keep = pairs.map(({ keepId }) => keepId);
  const drop = pairs.map(({ dropId }) => dropId);
  await tx.query(MOVE_SENDS, [drop, keep]);
  await tx.query(MOVE_DELIVERIES, [drop, keep, keep.map((id) => slotOf(id, slots))]);
  await tx.query(MOVE_SANDBOX_MESSAGES, [drop, keep]);
}

const SEND = `id, workspace_id, message_id, message_version, channel, language, workflow_id, run_id, block, campaign_id,
  transactional, test, decision, reasons, status, facts, context, hold_until, expires_at, created_at`;
const DELIVERY = `id, send_id, workspace_id, channel, address, app, lane, state, status, status_at, reason, due_at, attempts,
  claimed_by, claimed_at, provider_id, provider_ref, provider_answer, expires_at, uncertain_at, created_at`;

// The key holds the contact, so rows are taken out and put in again.
const MOVE_SENDS = `
  with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
       moved as (delete from sends s using pair where s.contact_id = pair.drop_id returning s.*, pair.keep_id)
  insert into sends (contact_id, source_contact_id, ${SEND})
  select keep_id, coalesce(source_contact_id, contact_id), ${SEND} from moved`;

const MOVE_DELIVERIES = `
  with pair as (select * from unnest($1::bigint[], $2::bigint[], $3::integer[]) as pair (drop_id, keep_id, keep_slot)),
       moved as (delete from deliveries d using pair where d.contact_id = pair.drop_id returning d.*, pair.keep_id, pair.keep_slot)
  insert into deliveries (contact_id, source_contact_id, slot, ${DELIVERY})
  select keep_id, coalesce(source_contact_id, contact_id), keep_slot, ${DELIVERY} from moved`;

const MOVE_SANDBOX_MESSAGES = `
  with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (drop_id, keep_id)),
       moved as (delete from sandbox_messages m using pair where m.contact_id = pair.drop_id returning m.*, pair.keep_id)
  insert into sandbox_messages (contact_id, source_contact_id, delivery_id, workspace_id, channel, address, content, raw, received_at)
  select keep_id, coalesce(source_contact_id, contact_id), delivery_id, workspace_id, channel, address, content, raw, received_at
    from moved`;
