import { laterStatus, type DeliveryStatus } from '@perennial/channels';
import type { Tx } from '../db/index.ts';
import type { Fact } from '../events/index.ts';
import type { DeliveryItem, JsonObject } from '../inbox/index.ts';
import {
  loadDeliveryStates,
  updateDeliveryStatuses,
  type DeliveryState,
  type SendRow,
  type StatusChange,
} from './delivery-queries.ts';
import type { DeliveryReport } from './delivery-report.ts';
import { learnFromBounces } from './returned/learn-from-bounces.ts';
import { refreshSends, type RefreshedSend } from './refresh-sends.ts';

/** A fact before it has its IDs. */
export type DeliveryFact = Omit<Fact, 'id' | 'typeId'>;

/**
 * Takes reports about deliveries into their statuses, never backward, and those of their sends;
 * answers the facts that became true. Runs under the contacts' slots. Reports may come late,
 * twice and out of order.
 */
export async function applyDeliveries(
  tx: Tx,
  { entries, slots, now }: { entries: readonly DeliveryReport[]; slots: number; now: Date },
): Promise<DeliveryFact[]> {
  if (entries.length === 0) return [];
  const contactIds = [...new Set(entries.map(({ contactId }) => contactId))];
  const deliveries = new Map(
    (
      await loadDeliveryStates(tx, {
        contactIds,
        ids: [...new Set(entries.map(({ item }) => item.deliveryId))],
      })
    ).map((delivery) => [delivery.id, delivery]),
  );
  // What is not there was erased.
  const known = entries.filter(({ item }) => deliveries.has(item.deliveryId));
  await updateDeliveryStatuses(tx, { changes: changesBy(known, deliveries) });
  await learnFromBounces(tx, { entries: known, slots, now });
  const sendIds = [...new Set([...deliveries.values()].map(({ send_id }) => send_id))];
  const sends = await refreshSends(tx, { contactIds, sendIds });
  return known.flatMap((entry) => factsOf(entry, deliveries.get(entry.item.deliveryId)!, sends));
}

function changesBy(
  entries: readonly DeliveryReport[],
  deliveries: Map<number, DeliveryState>,
): StatusChange[] {
  const changes = new Map<number, StatusChange>();
  for (const { contactId, item } of entries) {
    const { id, status } = deliveries.get(item.deliveryId)!;
    const current = changes.get(id)?.status ?? status;
    const next = laterStatus(current, reportedStatus(item));
    if (next === current) continue;
    changes.set(id, {
      contactId,
      id,
      status: next,
      at: new Date(item.at),
      reason: item.reason ?? null,
    });
  }
  return [...changes.values()];
}

/** What machines open and click says only that it arrived. */
function reportedStatus({ status, machine }: DeliveryItem): DeliveryStatus {
  return machine && (status === 'opened' || status === 'clicked') ? 'delivered' : status;
}

/** Once per occurrence; the others once per send. */
const OCCURRENCES: Partial<Record<DeliveryStatus, string>> = {
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
};

function factsOf(
  { contactId, receivedAt, item }: DeliveryReport,
  delivery: DeliveryState,
  sends: Map<number, RefreshedSend>,
): DeliveryFact[] {
  const refreshed = sends.get(delivery.send_id);
  if (!refreshed || refreshed.send.test) return [];
  const { send, news } = refreshed;
  // The first report of a round tells the news of the whole round.
  refreshed.news = [];
  const occurrence = OCCURRENCES[item.status];
  const types = occurrence ? [...news, occurrence] : news;
  return types.map((type) => ({
    workspaceId: send.workspace_id,
    contactId,
    type,
    occurredAt: item.at,
    receivedAt,
    source: item.source,
    params: paramsOf(send, { item, withOccurrence: type === occurrence }),
    flags: 0,
    depth: item.depth ?? 0,
  }));
}

/** IDs as the management API writes them. */
function paramsOf(
  send: SendRow,
  { item, withOccurrence }: { item: DeliveryItem; withOccurrence: boolean },
): JsonObject {
  const text = (name: string, value: number | string | null | undefined): JsonObject =>
    value === null || value === undefined ? {} : { [name]: String(value) };
  return {
    send: String(send.id),
    delivery: String(item.deliveryId),
    message: String(send.message_id),
    channel: send.channel,
    ...text('language', send.language),
    ...text('workflow', send.workflow_id),
    ...text('run', send.run_id),
    ...text('block', send.block),
    ...text('campaign', send.campaign_id),
    ...text('reason', item.reason),
    ...(withOccurrence && { ...text('url', item.url), ...text('machine', item.machine) }),
  };
}
