import { loadContacts, type ContactState } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { contactFields, zoneOf } from '../../evaluation/index.ts';
import type { WorkflowIndex } from '../../workflows/index.ts';
import type { Candidate } from '../candidate.ts';
import { anySlot, type RunCapabilities } from '../capabilities.ts';
import type { DueBy } from '../claim-due-runs.ts';
import { createCounts } from '../counts.ts';
import type { Refusal } from '../queries.ts';
import { recordRefusals, startRuns } from '../start-runs.ts';
import { findDueDates, type DueDateRow } from './date-queries.ts';
import { dueOf, scheduleDates } from './schedule-dates.ts';

/**
 * Starts the contacts whose dates have come, under the same checks as any start, and puts
 * anniversaries to the next year, in one transaction. Answers how many were due.
 */
export async function startDueDates(
  tx: Tx,
  capabilities: RunCapabilities,
  { index, ...due }: DueBy & { index: WorkflowIndex },
): Promise<number> {
  const rows = await claim(tx, due);
  if (rows.length === 0) return 0;
  const contacts = await loadContacts(tx, { ids: [...new Set(rows.map((row) => row.contact_id))] });
  const counts = createCounts();
  const planned = rows.map((row) => plan(row, { index, contacts }));
  await recordRefusals(tx, {
    refusals: planned.flatMap((entry) => (entry && 'refusal' in entry ? [entry.refusal] : [])),
    counts,
  });
  const candidates = planned.flatMap((entry) =>
    entry && 'candidate' in entry ? [entry.candidate] : [],
  );
  await startRuns(tx, capabilities, { candidates, counts, now: due.now });
  await scheduleDates(tx, {
    index,
    contacts,
    slots: capabilities.slots,
    asked: rows.map((row) => ({ ...askedOf(row), since: row.due_at.getTime() })),
  });
  await counts.write(tx, { slot: anySlot(capabilities, rows[0]!.contact_id), now: due.now });
  return rows.length;
}

async function claim(
  tx: Tx,
  { slots, marks, oldestQueued, now, limit }: DueBy,
): Promise<DueDateRow[]> {
  const until = Math.min(now, Math.max(...marks.values()));
  if (slots.length === 0 || !Number.isFinite(until) || limit < 1) return [];
  return findDueDates(tx, {
    slots: [...slots],
    until: new Date(until),
    marks: JSON.stringify(Object.fromEntries(marks)),
    queued: JSON.stringify(Object.fromEntries(oldestQueued ?? [])),
    limit,
  });
}

type Plan =
  | { candidate: Candidate }
  | { refusal: Refusal & { version: number } }
  /** The start is another by now, or the contact is gone: it only gets its next instant. */
  | undefined;

interface Known {
  index: WorkflowIndex;
  contacts: ReadonlyMap<number, ContactState>;
}

function plan(row: DueDateRow, { index, contacts }: Known): Plan {
  const { contact_id: contactId, workflow_id: workflowId, workspace_id: workspaceId } = row;
  const at = row.due_at.getTime();
  const workspace = index.workspaces.get(workspaceId);
  const workflow = workspace?.workflows.get(workflowId);
  const version = workflow?.published;
  const start = version?.definition.start;
  const contact = contacts.get(contactId);
  if (!workspace || !workflow || !version || start?.type !== 'date' || !contact) return undefined;
  if (dueOf({ ...askedOf(row), since: at - 1 }, { index, contacts }) !== at) return undefined;
  if (workflow.state !== 'active') {
    const names = { contactId, workspaceId, workflowId, version: version.version, key: '' };
    return { refusal: { ...names, reason: 'inactive', at } };
  }
  return {
    candidate: {
      workflow,
      version,
      workspaceZone: workspace.zone,
      contactZone: zoneOf(contact),
      contactId,
      key: '',
      startedAt: at,
      context: {
        kind: 'date',
        field: start.field,
        date: contactFields(contact)[start.field] ?? null,
        occurred_at: row.due_at.toISOString(),
        params: {},
      },
      depth: 0,
      test: false,
      // What stopped it since its instant found no run to stop, and counts now.
      late: true,
    },
  };
}

function askedOf({ contact_id: contactId, workflow_id: workflowId, workspace_id }: DueDateRow) {
  return { contactId, workflowId, workspaceId: workspace_id };
}
