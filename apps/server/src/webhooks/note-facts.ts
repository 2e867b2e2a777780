import type { Tx } from '../db/index.ts';
import { FACT_FLAGS, type Fact } from '../events/index.ts';
import { webhookKind } from './kinds.ts';

/** Rung when there is something to tell. */
export const WEBHOOKS_CHANNEL = 'perennial_webhooks';

interface Listener {
  id: number;
  workspace_id: number;
  kinds: string[];
  /** The alarm to which it belongs: it is told of that one alone. */
  alarm_id: number | null;
  filters: { event_types?: string[]; segments?: number[] };
}

/**
 * Notes facts for the webhooks that want to be told of them, in the transaction that stores them. Costs
 * one look at a small table while nobody listens.
 */
export async function noteFacts(
  tx: Tx,
  { facts, now }: { facts: readonly Fact[]; now: Date },
): Promise<void> {
  const listeners = await findListeners(tx, facts);
  if (listeners.size === 0) return;
  const notes = facts.flatMap((fact) =>
    (listeners.get(fact.workspaceId) ?? [])
      .filter((listener) => wants(listener, fact))
      .map(({ id }) => ({ webhookId: id, fact })),
  );
  if (notes.length === 0) return;
  await insertNotes(tx, { notes, now });
  await tx.query(`notify ${WEBHOOKS_CHANNEL}`);
}

/** Index: webhooks_of_workspace. */
async function findListeners(tx: Tx, facts: readonly Fact[]): Promise<Map<number, Listener[]>> {
  const workspaceIds = [...new Set(facts.map(({ workspaceId }) => workspaceId))];
  const { rows } = await tx.query<Listener>({
    name: 'find_webhooks_of_facts',
    text: `select id, workspace_id, kinds, filters, alarm_id from webhooks where workspace_id = any($1::bigint[]) order by id`,
    values: [workspaceIds],
  });
  return Map.groupBy(rows, (row) => row.workspace_id);
}

function wants({ kinds, filters, alarm_id: alarm }: Listener, fact: Fact): boolean {
  const { type, params, flags } = fact;
  // What happened before anybody was told of it is no news.
  if ((flags & FACT_FLAGS.past) !== 0) return false;
  if (alarm !== null) return isOfAlarm(fact, alarm);
  const kind = webhookKind(type);
  if (kind === undefined || !kinds.includes(kind)) return false;
  if (kind === 'event.received') return filters.event_types?.includes(type) ?? true;
  if (kind === 'segment.entered' || kind === 'segment.left')
    return filters.segments?.includes(Number(params['segment'])) ?? true;
  return true;
}

/** Of the program's own events: an app that sends one by that name raises no alarm. */
function isOfAlarm({ type, params, source }: Fact, alarm: number): boolean {
  const isTold = type === 'AlarmRaised' || type === 'AlarmEnded';
  return isTold && source === 'system' && params['alarm'] === String(alarm);
}

/** IDs follow the order of the facts. */
async function insertNotes(
  tx: Tx,
  { notes, now }: { notes: readonly { webhookId: number; fact: Fact }[]; now: Date },
): Promise<void> {
  await tx.query({
    name: 'insert_webhook_notes',
    text: `insert into webhook_outbox (contact_id, id, workspace_id, webhook_id, event_type_id, occurred_at, event_id,
                                       created_at)
           select contact_id, nextval('webhook_outbox_ids'), workspace_id, webhook_id, event_type_id, occurred_at,
                  event_id, $7
             from (select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[],
                                        $6::bigint[])
                          with ordinality
                          as row (contact_id, workspace_id, webhook_id, event_type_id, occurred_at, event_id, n)
                    order by n) as noted`,
    values: [
      notes.map(({ fact }) => fact.contactId),
      notes.map(({ fact }) => fact.workspaceId),
      notes.map(({ webhookId }) => webhookId),
      notes.map(({ fact }) => fact.typeId),
      notes.map(({ fact }) => new Date(fact.occurredAt)),
      notes.map(({ fact }) => fact.id),
      now,
    ],
  });
}
