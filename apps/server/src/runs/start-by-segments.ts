import type { ContactState } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { zoneOf } from '../evaluation/index.ts';
import type { StartBySegment } from '../inbox/index.ts';
import type { WorkflowIndex } from '../workflows/index.ts';
import type { Candidate } from './candidate.ts';
import { anySlot, type RunCapabilities } from './capabilities.ts';
import { createCounts } from './counts.ts';
import { findOccasions, type Refusal } from './queries.ts';
import { pairKey } from './run-key.ts';
import { recordRefusals, startRuns } from './start-runs.ts';

/** A start of a contact that a segment was found to hold. */
export interface SegmentStart {
  workspaceId: number;
  contactId: number;
  workflowId: number;
  by: StartBySegment;
  depth: number;
  receivedAt: number;
}

interface Starting {
  starts: readonly SegmentStart[];
  index: WorkflowIndex;
  contacts: ReadonlyMap<number, ContactState>;
  now: number;
}

/**
 * Starts contacts that were found outside of their slots, under the same checks as any start. Who
 * started for the same occasion before, under another name, does not start again.
 */
export async function startBySegments(
  tx: Tx,
  capabilities: RunCapabilities,
  { starts, index, contacts, now }: Starting,
): Promise<void> {
  if (starts.length === 0) return;
  const counts = createCounts();
  const fresh = await onlyOnce(tx, starts);
  const planned = fresh.map((start) => plan(start, index, contacts));
  await recordRefusals(tx, {
    refusals: planned.flatMap((entry) => ('refusal' in entry ? [entry.refusal] : [])),
    counts,
  });
  const candidates = planned.flatMap((entry) => ('candidate' in entry ? [entry.candidate] : []));
  await startRuns(tx, capabilities, { candidates, counts, now });
  await counts.write(tx, { slot: anySlot(capabilities, starts[0]!.contactId), now });
}

async function onlyOnce(tx: Tx, starts: readonly SegmentStart[]): Promise<SegmentStart[]> {
  const started = await findOccasions(tx, {
    contactIds: [...new Set(starts.map(({ contactId }) => contactId))],
    occasions: [...new Set(starts.map(({ by }) => by.occasion))],
  });
  const known = new Set(
    started.map((row) => `${pairKey(row.contact_id, row.workflow_id)} ${row.occasion}`),
  );
  return starts.filter(({ contactId, workflowId, by }) => {
    const name = `${pairKey(contactId, workflowId)} ${by.occasion}`;
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
}

type Plan = { candidate: Candidate } | { refusal: Refusal & { version: number } };

function plan(
  start: SegmentStart,
  index: WorkflowIndex,
  contacts: ReadonlyMap<number, ContactState>,
): Plan {
  const { workspaceId, contactId, workflowId, by, depth, receivedAt } = start;
  const workspace = index.workspaces.get(workspaceId);
  const workflow = workspace?.workflows.get(workflowId);
  const version =
    by.version === undefined ? workflow?.published : index.findVersion(workflowId, by.version);
  const refused = (reason: string): Plan => ({
    refusal: {
      contactId,
      workspaceId,
      workflowId,
      version: version?.version ?? by.version ?? 0,
      key: by.key ?? '',
      reason,
      at: receivedAt,
    },
  });
  if (!workspace || !workflow || !version || workflow.state !== 'active')
    return refused('inactive');
  const contact = contacts.get(contactId);
  if (!contact || contact.deletedAt !== null) return refused('deleted');
  return {
    candidate: {
      workflow,
      version,
      workspaceZone: workspace.zone,
      contactZone: zoneOf(contact),
      contactId,
      key: by.key ?? '',
      startedAt: receivedAt,
      factId: by.eventId,
      context: by.context,
      depth,
      test: false,
      late: true,
    },
  };
}
