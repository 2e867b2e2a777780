import { writeAudit } from '../audit/index.ts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { Problem, type Origin } from '../http/index.ts';
import { CAMPAIGNS_CHANNEL } from './begin-campaign.ts';
import { countTested } from './count-tested.ts';
import { listUndecided, setTested, setWinner } from './driver-queries.ts';
import { pickWinner } from './pick-winner.ts';
import { findCampaign, type CampaignRow, type WinnerResult } from './queries.ts';
import { readCampaign, type CampaignWithTags } from './save-campaign.ts';
import type { Turn } from './set-campaign-state.ts';
import { readAudienceState } from './slice-queries.ts';

interface Parts {
  pool: Pool;
  clock: () => Date;
}

/** Finds the winner of one campaign whose time has come; false when there is none. */
export async function decideWinner({ pool, clock }: Parts): Promise<boolean> {
  const undecided = await listUndecided(pool);
  // Most wait for hours: nobody's row is locked to look whether they still do.
  for (const { id, workspace_id: workspaceId } of undecided.filter((each) =>
    mayMoveOn(each, clock()),
  )) {
    const decided = await inTransaction(pool, async (tx) => {
      const campaign = await findCampaign(tx, { workspaceId, id, lock: true });
      return campaign ? moveOn(tx, campaign, clock()) : false;
    });
    if (decided) return true;
  }
  return false;
}

function mayMoveOn({ tested_at: testedAt, split }: CampaignRow, now: Date): boolean {
  if (!testedAt) return true;
  const minutes = split?.test?.wait_minutes ?? null;
  return minutes !== null && now.getTime() >= testedAt.getTime() + minutes * 60_000;
}

/** First everybody of the test is decided about, then the time until the winner runs. */
async function moveOn(tx: Tx, campaign: CampaignRow, now: Date): Promise<boolean> {
  const { id, state, winner, tested_at: testedAt, split } = campaign;
  if (state !== 'running' || winner !== null || !split?.test) return false;
  if (!testedAt) {
    const { audience, decided, rest } = await readAudienceState(tx, { campaignId: id });
    if (decided < audience - rest) return false;
    await setTested(tx, { id, now });
    return true;
  }
  if (!mayMoveOn(campaign, now)) return false;
  const counts = await countTested(tx, { campaign });
  const { winner: best, how } = pickWinner(counts);
  const by: Origin = {
    workspaceId: campaign.workspace_id,
    actor: { kind: 'system', id: null, name: 'campaigns' },
    at: now,
  };
  return setAndTell(tx, {
    campaign,
    winner: best,
    result: { how, at: now.toISOString(), counts },
    by,
  });
}

/** A person chooses, before or instead of the rule. */
export async function chooseWinner(
  tx: Tx,
  { workspace, id, by, variant }: Turn & { variant: number },
): Promise<CampaignWithTags> {
  const workspaceId = workspace.id;
  const campaign = await readCampaign(tx, { workspaceId, id, lock: true });
  requireOpenTest(campaign);
  if (variant > campaign.split!.others.length) {
    throw new Problem('invalid_request', {
      detail: `There is no variant ${variant}: they are counted from 0.`,
      errors: [{ path: '/variant', message: 'There is no such variant.' }],
    });
  }
  const counts = await countTested(tx, { campaign });
  const result: WinnerResult = { how: 'person', at: by.at.toISOString(), counts };
  await setAndTell(tx, { campaign, winner: variant, result, by });
  return readCampaign(tx, { workspaceId, id });
}

function requireOpenTest({ state, started_at: started, winner, split }: CampaignRow): void {
  if (!split?.test) {
    throw new Problem('conflict', { detail: 'This campaign looks for no winner.' });
  }
  if (winner !== null) throw new Problem('conflict', { detail: 'There is a winner already.' });
  if (!started || (state !== 'running' && state !== 'paused')) {
    throw new Problem('conflict', { detail: `Of a campaign that is ${state} none is chosen.` });
  }
}

async function setAndTell(
  tx: Tx,
  {
    campaign: { id },
    winner,
    result,
    by,
  }: { campaign: CampaignRow; winner: number; result: WinnerResult; by: Origin },
): Promise<boolean> {
  const { handed } = await readAudienceState(tx, { campaignId: id });
  const pace = { from: by.at, handed };
  if (!(await setWinner(tx, { id, winner, result, pace, now: by.at }))) return false;
  await writeAudit(tx, {
    by,
    action: 'campaign.winner',
    object: { kind: 'campaign', id },
    before: { winner: null },
    after: { winner, how: result.how },
  });
  await tx.query(`notify ${CAMPAIGNS_CHANNEL}`);
  return true;
}
