import type { DeliveryStatus } from '@perennial/channels';
import type { Tx } from '../../db/index.ts';
import { markFacts } from '../../events/index.ts';
import type { DeliveryItem } from '../../inbox/index.ts';
import type { DeliveryState } from '../delivery-queries.ts';
import type { DeliveryReport } from '../delivery-report.ts';
import { BURST_MS, judgeVisits, type Visit } from './judge-visits.ts';
import { findVisits, type VisitRow } from './visit-queries.ts';

export interface JudgedReports {
  /** Why these visits are machines'; what is not here is a person's, or no visit. */
  machines: ReadonlyMap<DeliveryReport, string>;
  /** Deliveries of which an earlier visit turned out to be a machine's, whatever their status says. */
  corrected: readonly Corrected[];
}

/** What a delivery had become by visits that were taken for a person's. */
export interface Corrected {
  delivery: DeliveryState;
  /** What a person did with it all the same, among the visits that are facts. */
  did: readonly DeliveryStatus[];
}

/** Scanners read mail; a tap on a push may come within a second. */
const CHANNEL = 'email';

const FOREVER = new Date('9999-01-01T00:00:00Z');

type VisitReport = DeliveryReport & { item: DeliveryItem & { status: Visit['status'] } };

/**
 * Finds out which opens and clicks are machines', by what came before and comes with them, and marks
 * the facts of earlier ones that turn out to be. Runs under the contacts' slots.
 */
export async function judgeReports(
  tx: Tx,
  {
    entries,
    deliveries,
  }: { entries: readonly DeliveryReport[]; deliveries: ReadonlyMap<number, DeliveryState> },
): Promise<JudgedReports> {
  const reports = entries.filter(isVisit);
  const machines = new Map<DeliveryReport, string>();
  for (const report of reports) {
    if (report.item.machine) machines.set(report, report.item.machine);
  }
  const mails = Map.groupBy(reports, ({ item }) => item.deliveryId);
  for (const id of mails.keys()) if (deliveries.get(id)!.channel !== CHANNEL) mails.delete(id);
  const earlier = await visitsBefore(tx, { mails, deliveries });
  const marked: (VisitRow & { reason: string })[] = [];
  for (const [id, own] of mails) {
    const facts = earlier.get(String(id)) ?? [];
    const visits = [...facts.map(visitOfFact), ...own.map(visitOf)];
    const links = Math.max(...own.map(({ item }) => item.links ?? 0));
    const reasons = judgeVisits(visits, { handedAt: handedAt(deliveries.get(id)!), links });
    facts.forEach((fact, i) => {
      if (reasons[i] && !fact.machine) marked.push({ ...fact, reason: reasons[i] });
    });
    own.forEach((report, i) => {
      const reason = reasons[facts.length + i];
      if (reason) machines.set(report, reason);
    });
  }
  await markFacts(tx, {
    marks: marked.map(({ contact_id: contactId, type_id: typeId, at, id, reason }) => ({
      contactId,
      typeId,
      occurredAt: at,
      id,
      params: { machine: reason },
    })),
  });
  const ids = new Set(marked.map(({ delivery }) => Number(delivery)));
  return { machines, corrected: await correctedOf(tx, { ids, deliveries }) };
}

export function isVisit(report: DeliveryReport): report is VisitReport {
  const { status } = report.item;
  return status === 'opened' || status === 'clicked';
}

/** Unknown for what was tried before: the first try may have arrived, too. */
function handedAt({ state, attempts, handed_at: at }: DeliveryState): number | null {
  if (at) return at.getTime();
  return state === 'handed_over' && attempts <= 1 ? Infinity : null;
}

async function visitsBefore(
  tx: Tx,
  {
    mails,
    deliveries,
  }: {
    mails: ReadonlyMap<number, readonly VisitReport[]>;
    deliveries: ReadonlyMap<number, DeliveryState>;
  },
): Promise<Map<string, VisitRow[]>> {
  const asked = [...mails].map(([deliveryId, own]) => {
    const { contact_id: contactId, workspace_id: workspaceId } = deliveries.get(deliveryId)!;
    const instants = own.map(({ item }) => item.at);
    return {
      workspaceId,
      contactId,
      deliveryId,
      // What is marked by a visit of now lies within one burst of it.
      from: new Date(Math.min(...instants) - BURST_MS),
      until: new Date(Math.max(...instants) + BURST_MS),
    };
  });
  const rows = await findVisits(tx, { asked: asked.filter(({ contactId }) => contactId !== 0) });
  return Map.groupBy(rows, ({ delivery }) => delivery);
}

async function correctedOf(
  tx: Tx,
  { ids, deliveries }: { ids: ReadonlySet<number>; deliveries: ReadonlyMap<number, DeliveryState> },
): Promise<Corrected[]> {
  const shown = [...ids].map((id) => deliveries.get(id)!);
  const rows = await findVisits(tx, {
    asked: shown.map((delivery) => ({
      workspaceId: delivery.workspace_id,
      contactId: delivery.contact_id,
      deliveryId: delivery.id,
      from: delivery.created_at,
      until: FOREVER,
    })),
  });
  const people = Map.groupBy(
    rows.filter(({ machine }) => !machine),
    ({ delivery }) => delivery,
  );
  return shown.map((delivery) => ({
    delivery,
    did: (people.get(String(delivery.id)) ?? []).map(({ status }) => status),
  }));
}

function visitOf({ item: { status, at, url, machine } }: VisitReport): Visit {
  return { status, at, url, machine };
}

function visitOfFact({ status, at, url, machine }: VisitRow): Visit {
  return { status, at: at.getTime(), url: url ?? undefined, machine: machine ?? undefined };
}
