import type { Tx } from '../../db/index.ts';
import { zoneOf } from '../../evaluation/index.ts';
import { loadContacts } from '../../contacts/index.ts';
import type { Json } from '../../inbox/index.ts';
import type { LiveWorkflow, WorkflowIndex, WorkflowWithTags } from '../../workflows/index.ts';
import type { Candidate } from '../candidate.ts';
import { checkStarts } from '../check-starts.ts';
import { knownTypes } from './known-types.ts';
import type { TestRow } from './queries.ts';
import { createRehearsal } from './rehearsal-context.ts';
import type { TestParts } from './parts.ts';
import { toRun, versionOf } from './run-of-test.ts';

interface Asked {
  row: TestRow;
  index: WorkflowIndex;
  workflow: WorkflowWithTags;
  now: Date;
}

/**
 * Why the same would start nothing in earnest, by the checks of any start: the filter, the segment,
 * then stops and limits. Null: it would. That the workflow is not active yet is no reason.
 */
export async function refusedBecause(
  tx: Tx,
  parts: TestParts,
  { row, index, workflow, now }: Asked,
): Promise<{ reason: string; details: Json } | null> {
  const version = index.version(row.workflow_id, versionOf(row));
  const workspace = index.workspaces.get(row.workspace_id)!;
  const contact = (await loadContacts(tx, { ids: [row.contact_id] })).get(row.contact_id)!;
  const run = toRun(row, parts);
  const contactZone = zoneOf(contact);
  const { factStart } = version;
  if (factStart && (factStart.type === 'event' || factStart.type === 'event_segment')) {
    const clock = { now: now.getTime(), workspaceZone: workspace.zone, contactZone };
    if (!factStart.passes(run.trigger, clock)) return { reason: 'where', details: null };
    if (factStart.segment !== undefined) {
      const eventTypes = await knownTypes(tx, { workspaceId: row.workspace_id });
      const { context } = createRehearsal(tx, {
        index,
        contact,
        eventTypes,
        catalogue: parts.fields,
        addresses: {},
        calls: 'shown',
        fields: {},
        slots: parts.slots,
        clock: now.getTime(),
        now: now.getTime(),
      });
      const node = { type: 'segment', segment: String(factStart.segment) };
      const [answer] = await context.evaluate([{ run, node }]);
      if (answer && !('result' in answer && answer.result)) {
        return { reason: 'segment', details: { segment: node.segment } };
      }
    }
  }
  const live: LiveWorkflow = {
    id: row.workflow_id,
    workspaceId: row.workspace_id,
    state: workflow.state,
    published: version,
  };
  const candidate: Candidate = {
    workflow: live,
    version,
    workspaceZone: workspace.zone,
    contactZone,
    contactId: row.contact_id,
    key: row.key,
    startedAt: now.getTime(),
    context: row.context,
    depth: 0,
    test: false,
  };
  const refused = await checkStarts(tx, {
    candidates: [candidate],
    eventTypes: await knownTypes(tx, { workspaceId: row.workspace_id }),
    now: now.getTime(),
  });
  const refusal = refused.get(candidate);
  return refusal ? { reason: refusal.reason, details: refusal.details ?? null } : null;
}
