import type { CampaignState } from '@perennial/contracts';
import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import { Problem, type Origin, type WorkspaceRef } from '../http/index.ts';
import { setCampaignFlow } from '../sends/index.ts';
import { beginCampaign, CAMPAIGNS_CHANNEL } from './begin-campaign.ts';
import { checkCampaign, requireStartable } from './check-campaign.ts';
import { setState, type CampaignRow } from './queries.ts';
import { readCampaign, type CampaignWithTags } from './save-campaign.ts';
import { nextOccurrence, startOf } from './schedule/schedule.ts';
import { forgetWaiting, readAudienceState } from './slice-queries.ts';

export interface Turn {
  workspace: WorkspaceRef;
  id: number;
  by: Origin;
}

/**
 * Starts a draft, or one that waits for its time: at once, unless its schedule says when. What was
 * scheduled already and is started again starts now.
 */
export async function startCampaign(
  tx: Tx,
  { workspace, id, by, now = false }: Turn & { now?: boolean },
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  requireState(campaign, ['draft', 'scheduled'], 'started');
  const checked: CampaignRow = now ? { ...campaign, schedule: atOnce(campaign) } : campaign;
  const messages = requireStartable(
    await checkCampaign(tx, { campaign: checked, workspaceZone: workspace.timeZone, now: by.at }),
  );
  const startsAt = now ? undefined : startsAtOf(campaign, workspace, by.at);
  if (startsAt && startsAt > by.at) {
    await setState(tx, { id, state: 'scheduled', now: by.at, startsAt });
    await auditTurn(tx, { campaign, action: 'campaign.schedule', state: 'scheduled', by });
    await tx.query(`notify ${CAMPAIGNS_CHANNEL}`);
  } else {
    await beginCampaign(tx, { campaign, messages, by });
  }
  return readCampaign(tx, { workspaceId, id });
}

/** A recurring one has no single start: its next occurrence is awaited. */
function atOnce({ schedule }: CampaignRow): CampaignRow['schedule'] {
  if (schedule.kind === 'recurring') {
    throw new Problem('conflict', {
      detail: 'A recurring campaign starts at its times. Copy it to send once now.',
    });
  }
  return { kind: 'now' };
}

function startsAtOf(
  { schedule }: CampaignRow,
  { timeZone: workspaceZone }: WorkspaceRef,
  now: Date,
): Date | undefined {
  if (schedule.kind === 'now') return undefined;
  if (schedule.kind === 'once') {
    return new Date(startOf(schedule, { zone: schedule.zone, workspaceZone }));
  }
  return new Date(nextOccurrence(schedule, { after: now.getTime(), workspaceZone })!.startsAt);
}

/** Nothing leaves any more once this is committed, and the claims under way are over. */
export async function pauseCampaign(
  tx: Tx,
  { workspace, id, by }: Turn,
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  requireState(campaign, ['scheduled', 'running'], 'paused');
  await setState(tx, { id, state: 'paused', now: by.at });
  if (campaign.started_at)
    await setCampaignFlow(tx, { campaignId: id, workspaceId, flow: 'paused' });
  await auditTurn(tx, { campaign, action: 'campaign.pause', state: 'paused', by });
  return readCampaign(tx, { workspaceId, id });
}

/** Goes on where it stood: what a pause kept back is due now, and the pace is counted from now. */
export async function resumeCampaign(
  tx: Tx,
  { workspace, id, by }: Turn,
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  requireState(campaign, ['paused'], 'resumed');
  if (campaign.started_at) {
    const { handed } = await readAudienceState(tx, { campaignId: id });
    const pace = { from: by.at, handed };
    await setState(tx, { id, state: 'running', now: by.at, pace, sweep: 0 });
    await setCampaignFlow(tx, { campaignId: id, workspaceId, flow: 'open' });
    await auditTurn(tx, { campaign, action: 'campaign.resume', state: 'running', by });
    await tx.query(`notify ${CAMPAIGNS_CHANNEL}`);
    return readCampaign(tx, { workspaceId, id });
  }
  await setState(tx, { id, state: 'draft', now: by.at, startsAt: null });
  return startCampaign(tx, { workspace, id, by });
}

/** What has not left will not; what was scheduled becomes a draft again only by a copy. */
export async function cancelCampaign(
  tx: Tx,
  { workspace, id, by }: Turn,
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  requireState(campaign, ['scheduled', 'running', 'paused'], 'cancelled');
  const started = campaign.started_at !== null;
  await setState(tx, {
    id,
    state: 'cancelled',
    now: by.at,
    startsAt: null,
    endedAt: by.at,
    ...(started && { sweep: 0 }),
  });
  if (started) {
    await setCampaignFlow(tx, { campaignId: id, workspaceId, flow: 'cancelled' });
    await forgetWaiting(tx, { campaignId: id });
  }
  await auditTurn(tx, { campaign, action: 'campaign.cancel', state: 'cancelled', by });
  await tx.query(`notify ${CAMPAIGNS_CHANNEL}`);
  return readCampaign(tx, { workspaceId, id });
}

/** What waits for its time can be changed again. */
export async function unscheduleCampaign(
  tx: Tx,
  { workspace, id, by }: Turn,
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  if (campaign.started_at) requireState(campaign, ['scheduled'], 'taken off the schedule');
  requireState(campaign, ['scheduled', 'paused'], 'taken off the schedule');
  await setState(tx, { id, state: 'draft', now: by.at, startsAt: null });
  await auditTurn(tx, { campaign, action: 'campaign.unschedule', state: 'draft', by });
  return readCampaign(tx, { workspaceId, id });
}

function requireState(
  { state }: CampaignRow,
  allowed: readonly CampaignState[],
  verb: string,
): void {
  if (allowed.includes(state)) return;
  throw new Problem('conflict', { detail: `A campaign that is ${state} cannot be ${verb}.` });
}

async function auditTurn(
  tx: Tx,
  {
    campaign,
    action,
    state,
    by,
  }: { campaign: CampaignRow; action: string; state: CampaignState; by: Origin },
): Promise<void> {
  await writeAudit(tx, {
    by,
    action,
    object: { kind: 'campaign', id: campaign.id },
    before: { state: campaign.state },
    after: { state },
  });
}
