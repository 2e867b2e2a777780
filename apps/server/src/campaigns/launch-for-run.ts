import { advisoryLocks, inTransaction, type Pool, type Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import type { ItemOutcome } from '../inbox/index.ts';
import {
  hasSegmentLaunches,
  takeSegmentLaunch,
  tellRun,
  type SegmentLaunch,
} from '../runs/index.ts';
import { readWorkflow } from '../workflows/index.ts';
import { listWorkspaces } from '../workspaces/index.ts';
import { beginCampaign } from './begin-campaign.ts';
import { checkCampaign } from './check-campaign.ts';
import { countOfBlock } from './driver-queries.ts';
import { findCampaign, nameMessages } from './queries.ts';
import { createCampaign } from './save-campaign.ts';

interface LaunchParts {
  pool: Pool;
  slots: number;
  clock: () => Date;
}

const HOUR_MS = 3_600_000;

/**
 * Makes and starts the campaign that the first waiting run wants, and tells the run, all in one
 * transaction: it is made once, whatever is killed when. What cannot be started is not made, and the
 * run is told why. False when no run waits.
 */
export async function launchForRun({ pool, slots, clock }: LaunchParts): Promise<boolean> {
  if (!(await hasSegmentLaunches(pool))) return false;
  return inTransaction(pool, async (tx) => {
    if (!(await isMine(tx))) return false;
    const launch = await takeSegmentLaunch(tx);
    if (!launch) return false;
    const now = clock();
    const outcome = await launchOrRefuse(tx, launch, now);
    await tellRun(tx, { visit: launch.visit, outcome, slots, now });
    return true;
  });
}

/** One at a time, so that the brake counts all that were made before. */
async function isMine(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock($1) as mine`,
    [advisoryLocks.segmentLaunch],
  );
  return rows[0]!.mine;
}

async function launchOrRefuse(tx: Tx, launch: SegmentLaunch, now: Date): Promise<ItemOutcome> {
  const { workflowId, block, mostPerHour, messageId, segmentId } = launch;
  const { workspaceId, contactId } = launch.visit;
  const since = new Date(now.getTime() - HOUR_MS);
  const lately = await countOfBlock(tx, { workflowId, block, since });
  if (lately >= mostPerHour) {
    const times = lately === 1 ? 'once' : `${lately} times`;
    return refused(`the block has launched ${times} within an hour, which is the most it may`);
  }
  const [workspace] = await listWorkspaces(tx, { ids: [workspaceId] });
  const { errors, messages } = await checkCampaign(tx, {
    campaign: {
      workspace_id: workspaceId,
      message_id: messageId,
      include: [segmentId],
      exclude: [],
      follows: null,
      schedule: { kind: 'now' },
      pace: null,
      split: null,
      terms: launch.terms,
    },
    workspaceZone: workspace!.time_zone,
    now,
  });
  if (errors.length > 0) return refused(errors.map(({ message }) => message).join(' '));
  const by: Origin = {
    workspaceId,
    actor: { kind: 'system', id: null, name: 'workflow' },
    at: now,
  };
  const id = await createFor(tx, launch, by);
  const campaign = await findCampaign(tx, { workspaceId, id });
  await beginCampaign(tx, {
    campaign: campaign!,
    messages: messages.map((message) => message!),
    by,
  });
  return { ok: true, contactId, minted: false, campaign: String(id) };
}

async function createFor(
  tx: Tx,
  { visit, workflowId, block, messageId, segmentId, terms, context }: SegmentLaunch,
  by: Origin,
): Promise<number> {
  const { workspaceId, runId } = visit;
  const workflow = await readWorkflow(tx, { workspaceId, id: workflowId });
  const names = await nameMessages(tx, { ids: [messageId] });
  const { id } = await createCampaign(tx, {
    workspaceId,
    by,
    name: `${names.get(messageId)?.name ?? messageId} · ${workflow.name}`.slice(0, 200),
    message: messageId,
    include: [segmentId],
    exclude: [],
    follows: null,
    schedule: { kind: 'now' },
    pace: null,
    hold_out: 0,
    split: null,
    terms,
    tags: [],
    launched: { workflowId, block, runId, context },
  });
  return id;
}

function refused(message: string): ItemOutcome {
  return { ok: false, code: 'conflict', message };
}
