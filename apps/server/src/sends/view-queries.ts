import type { DeliveryStatus } from '@perennial/channels';
import type { Db } from '../db/index.ts';
import type { GateReason } from './decision.ts';
import { chosenSubjectSql } from './subjects/chosen-subject-sql.ts';

/** A delivery with what lists say about it. */
export interface DeliveryListRow {
  contact_id: number;
  id: number;
  send_id: number;
  message_id: number;
  message_name: string | null;
  channel: string;
  address: string;
  app: string | null;
  status: DeliveryStatus;
  status_at: Date;
  reason: string | null;
  created_at: Date;
  due_at: Date | null;
  attempts: number;
  provider_kind: string | null;
  in_sandbox: boolean;
  subject: string | null;
  subject_index: number | null;
  subject_text: string | null;
  uncertain_at: Date | null;
  test: boolean;
}

/** Of a message in the sandbox: what it is called there, by channel. */
const SUBJECT = `left(coalesce(b.content ->> 'subject', b.content ->> 'title', b.content ->> 'text'), 200)`;

export const DELIVERY = `
  d.contact_id, d.id, d.send_id, s.message_id, m.name as message_name, d.channel, d.address, d.app, d.status,
  d.status_at, d.reason, d.created_at, d.due_at, d.attempts, p.kind as provider_kind,
  b.delivery_id is not null as in_sandbox, ${SUBJECT} as subject, d.subject as subject_index,
  ${chosenSubjectSql} as subject_text, d.uncertain_at, s.test`;

/** Of a delivery `d` and its send `s`. */
export const DELIVERY_PARTS = `
  left join sandbox_messages b on b.contact_id = d.contact_id and b.delivery_id = d.id
  left join messages m on m.id = s.message_id
  left join message_versions v
    on d.subject is not null and v.message_id = s.message_id and v.version = s.message_version
  left join providers p on p.id = d.provider_id`;

const DELIVERY_FROM = `
  from deliveries d
  join sends s on s.contact_id = d.contact_id and s.id = d.send_id
  ${DELIVERY_PARTS}`;

export interface DeliveryDetailsRow extends DeliveryListRow {
  provider_ref: string | null;
  provider_answer: string | null;
  decision: 'sent' | 'held' | 'refused';
  reasons: GateReason[];
  workflow_id: number | null;
  run_id: number | null;
  block: string | null;
  campaign_id: number | null;
  language: string | null;
  message_version: number;
  transactional: boolean;
}

/** Index: deliveries_newest. */
export async function findDelivery(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<DeliveryDetailsRow | undefined> {
  const { rows } = await db.query<DeliveryDetailsRow>(
    `select ${DELIVERY}, d.provider_ref, d.provider_answer, s.decision, s.reasons, s.workflow_id, s.run_id, s.block,
            s.campaign_id, s.language, s.message_version, s.transactional
       ${DELIVERY_FROM}
      where d.workspace_id = $1 and d.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

export interface SendListRow {
  contact_id: number;
  id: number;
  message_id: number;
  message_name: string | null;
  message_version: number;
  channel: string;
  language: string | null;
  workflow_id: number | null;
  run_id: number | null;
  block: string | null;
  campaign_id: number | null;
  transactional: boolean;
  test: boolean;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  reasons: GateReason[];
  /** 1 is low, 3 is high. */
  priority: number;
  hold_until: Date | null;
  expires_at: Date | null;
  status: DeliveryStatus | null;
  created_at: Date;
}

export const SEND = `
  s.contact_id, s.id, s.message_id, m.name as message_name, s.message_version, s.channel, s.language,
  s.workflow_id, s.run_id, s.block, s.campaign_id, s.transactional, s.test, s.decision, s.reason, s.reasons,
  s.priority, s.hold_until, s.expires_at, s.status, s.created_at`;

/** Index: sends_newest. */
export async function findSend(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SendListRow | undefined> {
  const { rows } = await db.query<SendListRow>(
    `select ${SEND} from sends s left join messages m on m.id = s.message_id
      where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Deliveries of sends of these contacts. */
export async function listDeliveriesOfSends(
  db: Db,
  { contactIds, sendIds }: { contactIds: number[]; sendIds: number[] },
): Promise<DeliveryListRow[]> {
  const { rows } = await db.query<DeliveryListRow>(
    `select ${DELIVERY} ${DELIVERY_FROM}
      where d.contact_id = any($1::bigint[]) and d.send_id = any($2::bigint[])
      order by d.id`,
    [contactIds, sendIds],
  );
  return rows;
}
