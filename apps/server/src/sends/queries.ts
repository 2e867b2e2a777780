import { copyRows } from '../db/binary-copy.ts';
import type { Tx } from '../db/index.ts';
import type { GateReason, SendRequest } from './decision.ts';

/** Numbers for rows to come, all in one statement. */
export async function takeIds(
  tx: Tx,
  { sends, deliveries }: { sends: number; deliveries: number },
): Promise<{ sends: number[]; deliveries: number[] }> {
  const { rows } = await tx.query<{ kind: string; id: number }>({
    name: 'take_send_ids',
    text: `select 'send' as kind, nextval('send_ids') as id from generate_series(1, $1)
           union all
           select 'delivery', nextval('delivery_ids') from generate_series(1, $2)`,
    values: [sends, deliveries],
  });
  const ids = (kind: string): number[] =>
    rows.filter((row) => row.kind === kind).map((row) => row.id);
  return { sends: ids('send'), deliveries: ids('delivery') };
}

export interface NewSend {
  id: number;
  request: SendRequest;
  messageVersion: number;
  language: string;
  decision: 'sent' | 'held' | 'refused';
  reasons: GateReason[];
  status: string | null;
  /** Why it is refused or waits. */
  reason: string | null;
  holdUntil: Date | null;
  expiresAt: Date | null;
  /** 1 is low, 3 is high. */
  priority: number;
  countsAt: Date | null;
  now: Date;
}

export async function insertSends(tx: Tx, { sends }: { sends: readonly NewSend[] }): Promise<void> {
  await copyRows(
    tx,
    'sends',
    [
      ['contact_id', 'int8'],
      ['id', 'int8'],
      ['workspace_id', 'int8'],
      ['message_id', 'int8'],
      ['message_version', 'int4'],
      ['channel', 'text'],
      ['language', 'text'],
      ['workflow_id', 'int8'],
      ['run_id', 'int8'],
      ['block', 'text'],
      ['campaign_id', 'int8'],
      ['transactional', 'bool'],
      ['test', 'bool'],
      ['decision', 'text'],
      ['reasons', 'jsonb'],
      ['status', 'text'],
      ['context', 'jsonb'],
      ['hold_until', 'timestamptz'],
      ['expires_at', 'timestamptz'],
      ['slot', 'int4'],
      ['reason', 'text'],
      ['priority', 'int2'],
      ['counts_at', 'timestamptz'],
      ['terms', 'jsonb'],
      ['request_id', 'int8'],
      ['created_at', 'timestamptz'],
    ],
    sends.map(({ request, ...send }) => [
      request.contactId,
      send.id,
      request.workspaceId,
      request.messageId,
      send.messageVersion,
      request.channel,
      send.language,
      request.workflowId,
      request.runId,
      request.block,
      request.campaignId,
      request.transactional,
      request.test,
      send.decision,
      JSON.stringify(send.reasons),
      send.status,
      JSON.stringify(request.context),
      send.holdUntil?.getTime(),
      send.expiresAt?.getTime(),
      request.slot,
      send.reason,
      send.priority,
      send.countsAt?.getTime(),
      request.terms && JSON.stringify(request.terms),
      request.requestId,
      send.now.getTime(),
    ]),
  );
}

export interface NewDelivery {
  id: number;
  sendId: number;
  request: SendRequest;
  address: string;
  app: string | null;
  lane: 0 | 1;
  dueAt: Date;
  expiresAt: Date | null;
  /** Which of several subjects of an e-mail, from 0. */
  subject: number | null;
  now: Date;
}

export async function insertDeliveries(
  tx: Tx,
  { deliveries }: { deliveries: readonly NewDelivery[] },
): Promise<void> {
  await copyRows(
    tx,
    'deliveries',
    [
      ['contact_id', 'int8'],
      ['id', 'int8'],
      ['send_id', 'int8'],
      ['workspace_id', 'int8'],
      ['slot', 'int4'],
      ['channel', 'text'],
      ['address', 'text'],
      ['app', 'text'],
      ['lane', 'int2'],
      ['state', 'text'],
      ['status', 'text'],
      ['status_at', 'timestamptz'],
      ['due_at', 'timestamptz'],
      ['expires_at', 'timestamptz'],
      ['subject', 'int2'],
      ['created_at', 'timestamptz'],
    ],
    deliveries.map(({ request, ...delivery }) => [
      request.contactId,
      delivery.id,
      delivery.sendId,
      request.workspaceId,
      request.slot,
      request.channel,
      delivery.address,
      delivery.app,
      delivery.lane,
      'planned',
      'queued',
      delivery.now.getTime(),
      delivery.dueAt.getTime(),
      delivery.expiresAt?.getTime(),
      delivery.subject,
      delivery.now.getTime(),
    ]),
  );
}
