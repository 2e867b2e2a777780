import { parseWorkflow, type StartOf } from '@perennial/blocks';
import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { Json, StartItem } from '../inbox/index.ts';
import {
  enqueueJob,
  type Slice,
  type SliceOptions,
  type Work,
  type WorkKind,
} from '../jobs/index.ts';
import { membersInPieces } from '../segments/index.ts';
import { lockSlots, readSlotCount } from '../slots/index.ts';

/** The long work that starts a workflow for who was a member when it was activated. */
export const START_MEMBERS = 'workflows.start_members';

/** Contacts of one slice. */
const PAGE = 500;

type EntryStart = StartOf<'segment'>;

/** The start of a definition that starts members too. */
export function startOfMembers(definition: Json): EntryStart | undefined {
  const parsed = parseWorkflow(definition);
  if (!parsed.ok) return undefined;
  const { start } = parsed.definition;
  return start.type === 'segment' && start.existing ? start : undefined;
}

/**
 * Notes who is a member at this moment, and begins to start them. For as long as that takes, a second
 * with a million members, every slot is held: who enters before is among them, who enters after that
 * starts by entering, and nobody is both or neither.
 */
export async function beginStartingMembers(
  tx: Tx,
  {
    workspaceId,
    workflow,
    start,
    by,
  }: {
    workspaceId: number;
    workflow: { id: number; name: string };
    start: EntryStart;
    by: Origin;
  },
): Promise<void> {
  const slots = await readSlotCount(tx);
  await lockSlots(tx, { slots: Array.from({ length: slots }, (_, slot) => slot) });
  const pieces = await membersInPieces(tx, { segmentId: Number(start.segment), size: PAGE });
  const job = await enqueueJob(tx, {
    workspaceId,
    by,
    kind: START_MEMBERS,
    input: { workflow: String(workflow.id), name: workflow.name, segment: start.segment },
    total: pieces.reduce((sum, piece) => sum + piece.n, 0),
  });
  await tx.query(
    `insert into starting_members (job_id, n, contact_ids)
     select $1, piece.n, piece.contact_ids::bigint[]
       from unnest($2::integer[], $3::text[]) as piece (n, contact_ids)`,
    [job.id, pieces.map((_, n) => n), pieces.map((piece) => piece.contact_ids)],
  );
}

/** Hands over a piece at a time; each contact starts once, whoever became one with whom. */
export const startMembersWork: WorkKind = {
  kind: START_MEMBERS,
  right: 'workflows.launch',
  // What was noted must go when it is cancelled.
  settles: true,
  about: ({ workflow, name, segment }) => ({
    workflow: workflow!,
    name: name!,
    segment: segment!,
  }),
  slice,
};

async function slice(tx: Tx, work: Work, { leaving }: SliceOptions): Promise<Slice> {
  const n = Number(work.cursor?.['n'] ?? 0);
  const contactIds = leaving ? undefined : await readPiece(tx, { jobId: work.id, n });
  if (!contactIds) {
    await tx.query(`delete from starting_members where job_id = $1`, [work.id]);
    return { cursor: { n }, next: 'finished' };
  }
  return {
    cursor: { n: n + 1 },
    next: 'go on',
    items: contactIds.map((contactId) => startOf(work, contactId)),
    done: contactIds.length,
  };
}

/** Index starting_members_pkey. */
async function readPiece(
  tx: Tx,
  { jobId, n }: { jobId: number; n: number },
): Promise<number[] | undefined> {
  const { rows } = await tx.query<{ contact_ids: number[] }>(
    `select contact_ids from starting_members where job_id = $1 and n = $2`,
    [jobId, n],
  );
  return rows[0]?.contact_ids;
}

function startOf({ id, input, createdAt }: Work, contactId: number): StartItem {
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
