import type { Tx } from '../db/index.ts';
import {
  loadDeliveriesOfSends,
  loadSends,
  updateSends,
  type DeliveryState,
  type SendRow,
} from './delivery-queries.ts';
import { advanceSend, nothingLeft, type SendFact } from './send-status.ts';

export interface RefreshedSend {
  send: SendRow;
  /** What became true of it for the first time. */
  news: SendFact[];
}

/** Brings sends up to their deliveries, under their contacts' slots. */
export async function refreshSends(
  tx: Tx,
  { contactIds, sendIds }: { contactIds: number[]; sendIds: number[] },
): Promise<Map<number, RefreshedSend>> {
  if (sendIds.length === 0) return new Map();
  const before = await loadSends(tx, { contactIds, ids: sendIds });
  const deliveries = Map.groupBy(
    await loadDeliveriesOfSends(tx, { contactIds, sendIds }),
    (delivery) => delivery.send_id,
  );
  const refreshed = before.map((send) => refresh(send, deliveries.get(send.id) ?? []));
  await updateSends(tx, {
    sends: refreshed.flatMap(({ send }, i) => (isSame(send, before[i]!) ? [] : [send])),
  });
  return new Map(refreshed.map((entry) => [entry.send.id, entry]));
}

function refresh(send: SendRow, deliveries: DeliveryState[]): RefreshedSend {
  const statuses = deliveries.map(({ status }) => status);
  const { status, facts, news } = advanceSend(send, statuses);
  const after: SendRow = { ...send, status, facts };
  if (send.decision === 'sent' && nothingLeft(statuses)) {
    const reason = deliveries.find((delivery) => delivery.reason)?.reason ?? status;
    after.decision = 'refused';
    after.reason = reason;
    after.reasons = [...send.reasons, { gate: 'hand_over', passed: false, details: { reason } }];
  }
  return { send: after, news };
}

function isSame(a: SendRow, b: SendRow): boolean {
  return a.status === b.status && a.facts === b.facts && a.decision === b.decision;
}
