import { dateOccurrence, type StartOf } from '@perennial/blocks';
import { resolveZone } from '@perennial/conditions';
import type { ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { contactFields, zoneOf } from '../../evaluation/index.ts';
import type { Fact } from '../../events/index.ts';
import { slotOf } from '../../slots/index.ts';
import type { LiveWorkflow, WorkflowIndex } from '../../workflows/index.ts';
import { dropDateStarts, saveDateStarts, type DateStart } from './date-queries.ts';

interface Scheduling {
  index: WorkflowIndex;
  contacts: ReadonlyMap<number, ContactState>;
  slots: number;
}

/** A contact's date that may be another, as of an instant: what lies before it starts nothing. */
export interface DateAsked {
  contactId: number;
  workflowId: number;
  workspaceId: number;
  /** Epoch milliseconds. */
  since: number;
}

/** Moves starts as the dates of these contacts move. */
export async function scheduleDates(
  tx: Tx,
  { asked, ...scheduling }: Scheduling & { asked: readonly DateAsked[] },
): Promise<void> {
  const saved: DateStart[] = [];
  const dropped: DateAsked[] = [];
  for (const one of new Map(asked.map((each) => [keyOf(each), each])).values()) {
    const dueAt = dueOf(one, scheduling);
    if (dueAt === undefined) dropped.push(one);
    else saved.push({ ...one, slot: slotOf(one.contactId, scheduling.slots), dueAt });
  }
  await saveDateStarts(tx, { starts: saved });
  await dropDateStarts(tx, { starts: dropped });
}

function keyOf({ contactId, workflowId }: DateAsked): string {
  return `${contactId} ${workflowId}`;
}

/** When the contact's date starts the workflow after the instant; undefined: not any more. */
export function dueOf(
  { contactId, workflowId, workspaceId, since }: DateAsked,
  { index, contacts }: Pick<Scheduling, 'index' | 'contacts'>,
): number | undefined {
  const workspace = index.workspaces.get(workspaceId);
  const start = workspace?.workflows.get(workflowId)?.published?.definition.start;
  const contact = contacts.get(contactId);
  if (!workspace || start?.type !== 'date' || !contact || contact.deletedAt !== null) {
    return undefined;
  }
  const zone = resolveZone(start.zone, {
    now: since,
    workspaceZone: workspace.zone,
    contactZone: zoneOf(contact),
  });
  return dateOccurrence(start, contactFields(contact)[start.field], { after: since, zone });
}

/** Facts by which dates became others move what they start. */
export async function followDates(
  tx: Tx,
  { facts, ...scheduling }: Scheduling & { facts: readonly Fact[] },
): Promise<void> {
  const asked = facts.flatMap((fact) => {
    const { contactId, workspaceId, receivedAt: since } = fact;
    const { dateStarts } = scheduling.index.workspaces.get(workspaceId)!;
    return dateStarts
      .filter((workflow) => concerns(fact, workflow))
      .map(({ id: workflowId }) => ({ contactId, workspaceId, workflowId, since }));
  });
  if (asked.length > 0) await scheduleDates(tx, { ...scheduling, asked });
}

function concerns({ type, params }: Fact, { published }: LiveWorkflow): boolean {
  if (type === 'ContactCreated') return true;
  if (type !== 'FieldChanged') return false;
  const { field, zone } = published!.definition.start as StartOf<'date'>;
  const changes = (params['changes'] ?? []) as unknown as { field: string }[];
  return changes.some(
    (change) => change.field === field || (zone === 'contact' && change.field === 'time_zone'),
  );
}
