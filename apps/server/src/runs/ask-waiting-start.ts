import { fieldTypesOf, readCustomRules, type ContactQuestions } from '../contacts/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { evaluateSet } from '../evaluation/index.ts';
import { LANES, type Stamped } from '../inbox/index.ts';
import { segmentsIn } from '../segments/index.ts';
import { enqueueStamped, lockSlots, slotOf } from '../slots/index.ts';
import { listWorkspaces } from '../workspaces/index.ts';
import { createCounts } from './counts.ts';
import { triggerOf } from './due-run.ts';
import { recordRefusals } from './start-runs.ts';
import {
  dropWaitingStart,
  postponeWaitingStart,
  takeWaitingStart,
  type WaitingStartRow,
} from './waiting-start-queries.ts';

export interface AskParts {
  /** Holds a connection for the row and one for the snapshot. */
  pool: Pool;
  questions: ContactQuestions;
  slots: number;
  clock: () => Date;
}

/** How long the database may look for who matches. */
export const PATIENCE_MS = 30_000;

/** What could not be found out is asked again after these times; then nobody starts. */
const PAUSES_MS = [2_000, 20_000];

/** Contacts whose starts are put into the queues by one statement. */
const PAGE = 20_000;

/**
 * Finds out whom the first waiting event starts, on one snapshot, and puts the starts into their
 * slots' queues as the row goes: both or neither. False when nothing is due.
 */
export async function askWaitingStart(parts: AskParts): Promise<boolean> {
  return inTransaction(parts.pool, async (tx) => {
    const now = parts.clock();
    const waiting = await takeWaitingStart(tx, { now });
    if (!waiting) return false;
    const found = await membersFor(waiting, parts);
    if ('contactIds' in found) {
      await enqueueStarts(tx, { waiting, contactIds: found.contactIds, ...parts });
      await dropWaitingStart(tx, waiting);
    } else {
      await tryAgainOrRefuse(tx, { waiting, cause: found.cause, now, ...parts });
    }
    return true;
  });
}

type Found = { contactIds: number[] } | { cause: unknown };

/** Who matches as of the event's arrival. The snapshot is younger than the row, so it has the event. */
async function membersFor(
  { rule, workspace_id: workspaceId, context, received_at: now }: WaitingStartRow,
  { pool, questions }: AskParts,
): Promise<Found> {
  try {
    const [workspace] = await listWorkspaces(pool, { ids: [workspaceId] });
    if (!workspace) return { contactIds: [] };
    const fields = fieldTypesOf(await readCustomRules(pool, { workspaceId }));
    const question = {
      rule,
      workspaceId,
      workspaceZone: workspace.time_zone,
      workspaceCurrency: workspace.currency,
      now,
      fields,
      questions: await settledFor(pool, { rule, workspaceId, now, questions }),
      trigger: triggerOf(context),
    };
    const limits = { wanted: 'members', timeoutMs: PATIENCE_MS } as const;
    return { contactIds: await evaluateSet(pool, question, limits) };
  } catch (cause) {
    return { cause };
  }
}

/** Questions about segments that know what time did until then, though nobody has written it down. */
async function settledFor(
  pool: Pool,
  {
    rule,
    workspaceId,
    now,
    questions,
  }: Pick<WaitingStartRow, 'rule'> & {
    workspaceId: number;
    now: Date;
    questions: ContactQuestions;
  },
): Promise<ContactQuestions> {
  const segmentIds = segmentsIn(rule).map(Number);
  if (segmentIds.length === 0 || !questions.settled) return questions;
  return questions.settled(pool, { workspaceId, segmentIds, now });
}

async function enqueueStarts(
  tx: Tx,
  {
    waiting,
    contactIds,
    slots,
    clock,
  }: AskParts & { waiting: WaitingStartRow; contactIds: number[] },
): Promise<void> {
  const at = clock().getTime();
  for (let from = 0; from < contactIds.length; from += PAGE) {
    const page = contactIds.slice(from, from + PAGE);
    const stamped = page.map((contactId) => startOf(waiting, contactId, at));
    await enqueueStamped(tx, { stamped, slots });
  }
}

function startOf(waiting: WaitingStartRow, contactId: number, at: number): Stamped {
  const { workspace_id: workspaceId, workflow_id: workflowId, version, key, context } = waiting;
  const eventId = waiting.event_id;
  const occasion = `event ${eventId}`;
  return {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.stream,
    item: {
      kind: 'start',
      ids: [],
      at,
      source: 'event',
      depth: waiting.depth,
      workflowId,
      params: {},
      by: { occasion, context: { ...context, occasion }, version, key, eventId },
    },
  };
}

async function tryAgainOrRefuse(
  tx: Tx,
  {
    waiting,
    cause,
    now,
    slots,
  }: AskParts & { waiting: WaitingStartRow; cause: unknown; now: Date },
): Promise<void> {
  const pause = PAUSES_MS[waiting.attempts];
  if (pause !== undefined) {
    const dueAt = new Date(now.getTime() + pause);
    return postponeWaitingStart(tx, { id: waiting.id, dueAt });
  }
  const { contact_id: contactId, workspace_id: workspaceId, workflow_id: workflowId } = waiting;
  const { version, key, received_at: at } = waiting;
  const why = cause instanceof Error ? cause.message : String(cause);
  const counts = createCounts();
  await recordRefusals(tx, {
    refusals: [
      {
        contactId,
        workspaceId,
        workflowId,
        version,
        key,
        reason: 'not_evaluated',
        details: { why },
        at: at.getTime(),
      },
    ],
    counts,
  });
  const slot = slotOf(contactId, slots);
  await lockSlots(tx, { slots: [slot] });
  await counts.write(tx, { slot, now: now.getTime() });
  await dropWaitingStart(tx, waiting);
}
