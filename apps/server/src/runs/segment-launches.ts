import type { SendTermsView } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import {
  LANES,
  type ItemOutcome,
  type JsonObject,
  type Stamped,
  type WaitingVisit,
} from '../inbox/index.ts';
import { enqueueStamped } from '../slots/index.ts';

/** Told when a run wants a message to go to a segment. */
export const SEGMENT_LAUNCHES_CHANNEL = 'perennial_segment_launches';

/** What a run wants to be sent to everybody in a segment. */
export interface SegmentLaunch {
  visit: WaitingVisit;
  workflowId: number;
  block: string;
  messageId: number;
  segmentId: number;
  terms: SendTermsView;
  context: JsonObject;
  mostPerHour: number;
}

/** In the transaction of the step, which waits to be told. */
export async function noteSegmentLaunch(
  tx: Tx,
  { visit, now, ...launch }: SegmentLaunch & { now: Date },
): Promise<void> {
  await tx.query({
    name: 'note_segment_launch',
    text: `insert into segment_launches (workspace_id, workflow_id, block, contact_id, run_id, step, message_id,
                                         segment_id, terms, context, most_per_hour, asked_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      visit.workspaceId,
      launch.workflowId,
      launch.block,
      visit.contactId,
      visit.runId,
      visit.step,
      launch.messageId,
      launch.segmentId,
      JSON.stringify(launch.terms),
      JSON.stringify(launch.context),
      launch.mostPerHour,
      now,
    ],
  });
  await tx.query(`notify ${SEGMENT_LAUNCHES_CHANNEL}`);
}

interface LaunchRow {
  workspace_id: number;
  workflow_id: number;
  block: string;
  contact_id: number;
  run_id: number;
  step: number;
  message_id: number;
  segment_id: number;
  terms: SendTermsView;
  context: JsonObject;
  most_per_hour: number;
}

/** Whether any waits; the table is empty nearly always. */
export async function hasSegmentLaunches(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>(
    `select exists (select from segment_launches) as waits`,
  );
  return rows[0]!.waits;
}

/** The first that waits; it goes with the transaction that does it. */
export async function takeSegmentLaunch(tx: Tx): Promise<SegmentLaunch | undefined> {
  const { rows } = await tx.query<LaunchRow>(
    `delete from segment_launches
      where id = (select id from segment_launches order by id for update skip locked limit 1)
     returning *`,
  );
  return rows.map(launchOf)[0];
}

function launchOf(row: LaunchRow): SegmentLaunch {
  return {
    visit: {
      workspaceId: row.workspace_id,
      contactId: row.contact_id,
      runId: row.run_id,
      step: row.step,
    },
    workflowId: row.workflow_id,
    block: row.block,
    messageId: row.message_id,
    segmentId: row.segment_id,
    terms: row.terms,
    context: row.context,
    mostPerHour: row.most_per_hour,
  };
}

/** What people who are erased wanted to be sent to others is not sent any more. */
export async function forgetSegmentLaunches(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<void> {
  await tx.query(
    `delete from segment_launches
      where id in (select id from segment_launches where contact_id = any($1) for update skip locked)`,
    [contactIds],
  );
}

/** Lets the run go on, in its own slot, with what became of what it waits for. */
export async function tellRun(
  tx: Tx,
  {
    visit: { workspaceId, contactId, runId, step },
    outcome,
    slots,
    now,
  }: { visit: WaitingVisit; outcome: ItemOutcome; slots: number; now: Date },
): Promise<void> {
  const at = now.getTime();
  const told: Stamped = {
    workspaceId,
    contactId,
    receivedAt: at,
    lane: LANES.interactive,
    item: { kind: 'resume', runId, step, outcome, at, source: 'workflow' },
  };
  await enqueueStamped(tx, { stamped: [told], slots });
}
