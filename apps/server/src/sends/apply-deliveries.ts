import { furthestStatus, laterStatus, type DeliveryStatus } from '@perennial/channels';
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
import { isVisit, judgeReports, type JudgedReports } from './visits/judge-reports.ts';

/** A fact before it has its IDs. */
export type DeliveryFact = Omit<Fact, 'id' | 'typeId'>;

/**
 * Takes reports about deliveries into their statuses and those of their sends; answers the facts that
 * became true. Statuses never go backward, but where an open or click turns out to be a machine's. Runs under the contacts' slots. Reports may come late,
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
  const judged = await judgeReports(tx, { entries: known, deliveries });
  await updateDeliveryStatuses(tx, { changes: changesBy(known, { deliveries, judged }) });
  await learnFromBounces(tx, { entries: known, slots, now });
  const sendIds = [...new Set([...deliveries.values()].map(({ send_id }) => send_id))];
  const sends = await refreshSends(tx, { contactIds, sendIds });
  return known.flatMap((entry) =>
    factsOf(entry, {
      delivery: deliveries.get(entry.item.deliveryId)!,
      machine: judged.machines.get(entry),
      sends,
    }),
  );
}

function changesBy(
  entries: readonly DeliveryReport[],
  { deliveries, judged }: { deliveries: ReadonlyMap<number, DeliveryState>; judged: JudgedReports },
): StatusChange[] {
  const changes = correctionsOf(judged);
  for (const entry of entries) {
    const { contactId, item } = entry;
    const { id, status } = deliveries.get(item.deliveryId)!;
    const current = changes.get(id)?.status ?? status;
    const isMachine = judged.machines.has(entry) && isVisit(entry);
    // What machines open and click says only that it arrived.
    const next = laterStatus(current, isMachine ? 'delivered' : item.status);
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

/** Back to what people did, of what a machine had opened or clicked. */
function correctionsOf({ corrected }: JudgedReports): Map<number, StatusChange> {
  const changes = new Map<number, StatusChange>();
  for (const { delivery, did } of corrected) {
    const { id, contact_id: contactId, status, created_at: createdAt, handed_at: at } = delivery;
    if (status !== 'opened' && status !== 'clicked') continue;
    const before = furthestStatus(['delivered', ...did])!;
    if (before === status) continue;
    changes.set(id, { contactId, id, status: before, at: at ?? createdAt, reason: null });
  }
  return changes;
}

/** Once per occurrence; the others once per send. */
const OCCURRENCES: Partial<Record<DeliveryStatus, string>> = {
  opened: 'MessageOpened',
  clicked: 'MessageClicked',
};

function factsOf(
  { contactId, receivedAt, item }: DeliveryReport,
  {
    delivery,
    machine,
    sends,
  }: {
    delivery: DeliveryState;
    machine: string | undefined;
    sends: Map<number, RefreshedSend>;
  },
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
    params: paramsOf(send, { item, machine, withOccurrence: type === occurrence }),
    flags: 0,
    depth: item.depth ?? 0,
  }));
}

/** IDs as the management API writes them. */
function paramsOf(
  send: SendRow,
  {
    item,
    machine,
    withOccurrence,
  }: { item: DeliveryItem; machine: string | undefined; withOccurrence: boolean },
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
    ...(withOccurrence && { ...text('url', item.url), ...text('machine', machine) }),
  };
}
