import type { CampaignSchedule } from '@perennial/contracts';
import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { tagNamesOf } from '../tags/index.ts';
import { listWorkspaces } from '../workspaces/index.ts';
import { beginCampaign } from './begin-campaign.ts';
import { checkCampaign, requireStartable } from './check-campaign.ts';
import { setStartsAt, takeDueCampaign } from './driver-queries.ts';
import { findCampaign, setState, type CampaignRow } from './queries.ts';
import { createCampaign } from './save-campaign.ts';
import { dateIn, nextOccurrence } from './schedule/schedule.ts';

type Recurring = Extract<CampaignSchedule, { kind: 'recurring' }>;

/**
 * Starts the first campaign whose instant has come; false when there is none. One that cannot start
 * any more ends as cancelled, and says why.
 */
export async function beginDue({
  pool,
  clock,
}: {
  pool: Pool;
  clock: () => Date;
}): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const now = clock();
    const campaign = await takeDueCampaign(tx, { now });
    if (!campaign) return false;
    const { workspace_id: workspaceId } = campaign;
    const [workspace] = await listWorkspaces(tx, { ids: [workspaceId] });
    const workspaceZone = workspace!.time_zone;
    const by: Origin = {
      workspaceId,
      actor: { kind: 'system', id: null, name: 'campaigns' },
      at: now,
    };
    const { schedule } = campaign;
    if (schedule.kind === 'recurring') {
      await beginOccurrence(tx, { campaign, schedule, workspaceZone, by });
    } else {
      await beginOrCancel(tx, { campaign, workspaceZone, by });
    }
    return true;
  });
}

async function beginOrCancel(
  tx: Tx,
  { campaign, workspaceZone, by }: { campaign: CampaignRow; workspaceZone: string; by: Origin },
): Promise<void> {
  // Its time has come, so that it has passed is no news.
  const checked: CampaignRow = { ...campaign, schedule: { kind: 'now' } };
  const verdict = await checkCampaign(tx, {
    campaign: checked,
    workspaceZone,
    now: by.at,
  });
  const { errors } = verdict;
  if (errors.length === 0) {
    return beginCampaign(tx, { campaign, messages: requireStartable(verdict), by });
  }
  await setState(tx, {
    id: campaign.id,
    state: 'cancelled',
    now: by.at,
    startsAt: null,
    endedAt: by.at,
    reason: errors.map((error) => error.message).join(' '),
  });
}

/** What came due while the program stood still is made up for once. */
async function beginOccurrence(
  tx: Tx,
  {
    campaign,
    schedule,
    workspaceZone,
    by,
  }: { campaign: CampaignRow; schedule: Recurring; workspaceZone: string; by: Origin },
): Promise<void> {
  const { id, workspace_id: workspaceId, starts_at: startsAt } = campaign;
  const date = dateOf(schedule, { startsAt: startsAt!, workspaceZone });
  const tags = await tagNamesOf(tx, { kind: 'campaign', ids: [id] });
  const created = await createCampaign(tx, {
    workspaceId,
    by,
    seriesId: id,
    name: `${campaign.name}, ${date}`,
    message: campaign.message_id,
    include: campaign.include,
    exclude: campaign.exclude,
    follows: campaign.follows,
    schedule:
      schedule.zone === 'contact'
        ? { kind: 'once', date, time: schedule.time, zone: 'contact' }
        : { kind: 'now' },
    pace: campaign.pace,
    hold_out: campaign.hold_out,
    split: campaign.split,
    terms: campaign.terms,
    tags: tags.get(id) ?? [],
  });
  const occurrence = await findCampaign(tx, { workspaceId, id: created.id });
  await beginOrCancel(tx, { campaign: occurrence!, workspaceZone, by });
  const next = nextOccurrence(schedule, { after: by.at.getTime(), workspaceZone });
  if (next) return setStartsAt(tx, { id, startsAt: new Date(next.startsAt) });
  await setState(tx, { id, state: 'finished', now: by.at, startsAt: null, endedAt: by.at });
}

/** The day that is meant: in the zone where it begins first, it has begun when the sending does. */
function dateOf(
  schedule: Recurring,
  { startsAt, workspaceZone }: { startsAt: Date; workspaceZone: string },
): string {
  const zone = schedule.zone === 'contact' ? 'Etc/GMT-14' : workspaceZone;
  return dateIn(startsAt.getTime(), zone);
}
