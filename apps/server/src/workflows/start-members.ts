import { parseWorkflow, type StartOf } from '@perennial/blocks';
import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { Json, JsonObject, StartItem } from '../inbox/index.ts';
import {
  enqueueJob,
  keepContacts,
  type JobRow,
  nextPiece,
  type Slice,
  type Work,
  type WorkKind,
} from '../jobs/index.ts';
import { membersInPieces, type Settle } from '../segments/index.ts';
import { lockSlots, readSlotCount } from '../slots/index.ts';

/** The long work that starts a workflow for who was a member when it was activated. */
export const START_MEMBERS = 'workflows.start_members';

/** Contacts of one slice. */
const PAGE = 500;

type EntryStart = Extract<StartOf<'segment'>, { mode: 'entry' }>;

/** The start of a definition that starts members too. */
export function startOfMembers(definition: Json): EntryStart | undefined {
  const parsed = parseWorkflow(definition);
  if (!parsed.ok) return undefined;
  const { start } = parsed.definition;
  return start.type === 'segment' && start.mode === 'entry' && start.existing ? start : undefined;
}

/**
 * Notes who is a member at this moment, and begins to start them. For as long as that takes, a second
 * with a million members, every slot is held: who enters before is among them, who enters after that
 * starts by entering, and nobody is both or neither. Whom time has put out by now is none of them, though it
 * may not be written down yet; whom it has let in starts when that is.
 */
export async function beginStartingMembers(
  tx: Tx,
  {
    workspaceId,
    workflow,
    start,
    by,
    settle,
    params,
  }: {
    workspaceId: number;
    workflow: { id: number; name: string };
    start: Pick<EntryStart, 'segment'>;
    by: Origin;
    settle: Settle;
    /** Somebody starts them by hand, with these as `$event`. */
    params?: JsonObject;
  },
): Promise<JobRow> {
  const slots = await readSlotCount(tx);
  await lockSlots(tx, { slots: Array.from({ length: slots }, (_, slot) => slot) });
  const segmentId = Number(start.segment);
  const moves = await settle(tx, { workspaceId, segmentIds: [segmentId], now: by.at });
  const leaving = moves.get(segmentId)?.leaving ?? [];
  const pieces = await membersInPieces(tx, { segmentId, size: PAGE, leaving });
  const job = await enqueueJob(tx, {
    workspaceId,
    by,
    kind: START_MEMBERS,
    input: {
      workflow: String(workflow.id),
      name: workflow.name,
      segment: start.segment,
      ...(params && { params }),
    },
    total: pieces.reduce((sum, piece) => sum + piece.n, 0),
  });
  await keepContacts(tx, { jobId: job.id, pieces });
  return job;
}

/** Hands over a piece at a time; each contact starts once, whoever became one with whom. */
export const startMembersWork: WorkKind = {
  kind: START_MEMBERS,
  right: 'workflows.launch',
  about: ({ workflow, name, segment }) => ({
    workflow: workflow!,
    name: name!,
    segment: segment!,
  }),
  slice,
};

async function slice(tx: Tx, work: Work): Promise<Slice> {
  const from = Number(work.cursor?.['n'] ?? 0);
  const found = await nextPiece(tx, { jobId: work.id, from });
  if (!found) return { cursor: { n: from }, next: 'finished' };
  const { piece, contactIds } = found;
  return {
    cursor: { n: piece + 1 },
    next: 'go on',
    items: contactIds.map((contactId) => startOf(work, contactId)),
    done: contactIds.length,
  };
}

function startOf({ id, input, createdAt }: Work, contactId: number): StartItem {
  const { params } = input;
  if (params !== undefined)
    return startByHand(params as JsonObject, { input, createdAt }, contactId);
  const occasion = `members ${id}`;
  const segment = input['segment']!;
  return {
    kind: 'start',
    ids: [['contact', String(contactId)]],
    at: createdAt.getTime(),
    source: 'system',
    workflowId: Number(input['workflow']),
    params: {},
    by: {
      occasion,
      context: {
        kind: 'segment',
        segment,
        cause: 'existing',
        occurred_at: createdAt.toISOString(),
        params: {},
        occasion,
      },
    },
  };
}

function startByHand(
  params: JsonObject,
  { input, createdAt }: Pick<Work, 'input' | 'createdAt'>,
  contactId: number,
): StartItem {
  return {
    kind: 'start',
    ids: [['contact', String(contactId)]],
    at: createdAt.getTime(),
    source: 'manual',
    workflowId: Number(input['workflow']),
    params,
  };
}
