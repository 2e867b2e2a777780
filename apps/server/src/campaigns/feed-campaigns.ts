import { inTransaction, type Pool, type Tx } from '../db/index.ts';
import { LANES, type Stamped } from '../inbox/index.ts';
import { countPlannedBulk } from '../sends/index.ts';
import { enqueueStamped } from '../slots/index.ts';
import { listRunning } from './driver-queries.ts';
import { findCampaign, type CampaignRow } from './queries.ts';
import { releasedBy, releaseOf } from './schedule/pace.ts';
import { pickVariant } from './pick-variant.ts';
import { messagesOf } from './pinned-messages.ts';
import {
  markHanded,
  readAudienceState,
  readAudienceStates,
  takeSlice,
  type SliceRow,
} from './slice-queries.ts';

export interface FeedParts {
  pool: Pool;
  slots: number;
  clock: () => Date;
}

/**
 * Contacts of campaigns that may stand in the slots' queues at once: what else arrives there waits
 * behind them for a fraction of a second.
 */
const MOST_QUEUED = 250;
/** Deliveries that may be due and not yet taken by a sender: they are counted at every turn. */
const MOST_PLANNED = 50_000;
/** What is due by then is decided about now, so that it leaves in time. */
const AHEAD_MS = 5_000;

/** What became of a turn. */
export interface Fed {
  /** Campaigns that run. */
  running: number;
  /** Contacts that were handed over now. */
  handed: number;
  /** Contacts that stood in the queues before. */
  queued: number;
}

/** Hands contacts of campaigns that run to their slots' queues, a slice of each. */
export async function feedCampaigns(parts: FeedParts): Promise<Fed> {
  const running = await listRunning(parts.pool);
  if (running.length === 0) return { running: 0, handed: 0, queued: 0 };
  const states = await readAudienceStates(parts.pool, { campaignIds: running.map(({ id }) => id) });
  let queued = 0;
  for (const { handed, decided } of states.values()) queued += handed - decided;
  const room = MOST_QUEUED - queued;
  const nothing = { running: running.length, handed: 0, queued };
  const waiting = running.filter(({ id, winner }) => {
    const { audience, handed, rest } = states.get(id)!;
    return handed + (winner === null ? rest : 0) < audience;
  });
  if (room <= 0 || waiting.length === 0 || (await isFlooded(parts))) return nothing;
  let handed = 0;
  for (const { id } of waiting) {
    if (handed >= room) break;
    handed += await inTransaction(parts.pool, (tx) => handSlice(tx, parts, id), { retries: 3 });
  }
  return { ...nothing, handed };
}

async function isFlooded({ pool, slots, clock }: FeedParts): Promise<boolean> {
  const planned = await countPlannedBulk(pool, { slots, most: MOST_PLANNED, now: clock() });
  return planned >= MOST_PLANNED;
}

/** One slice, or as much of it as the pace allows: it stands in the queues and is marked, or neither. */
async function handSlice(tx: Tx, parts: FeedParts, id: number): Promise<number> {
  const campaign = await lockRunning(tx, id);
  if (!campaign) return 0;
  const until = new Date(parts.clock().getTime() + AHEAD_MS);
  const slice = await takeSlice(tx, { campaignId: id, until, rest: campaign.winner !== null });
  if (!slice) return 0;
  const { handed } = await readAudienceState(tx, { campaignId: id });
  const n = Math.min(slice.size, allowed(campaign, { handed, until }));
  if (n <= 0) return 0;
  const now = parts.clock();
  const stamped = await stampedOf(tx, { campaign, slice, n, handed, now });
  await enqueueStamped(tx, { stamped, slots: parts.slots });
  await markHanded(tx, { campaignId: id, slice, n, keep: campaign.read_at === null, now });
  return n;
}

async function lockRunning(tx: Tx, id: number): Promise<CampaignRow | undefined> {
  const { rows } = await tx.query<{ workspace_id: number }>(
    `select workspace_id from campaigns where id = $1`,
    [id],
  );
  const workspaceId = rows[0]?.workspace_id;
  if (workspaceId === undefined) return undefined;
  const campaign = await findCampaign(tx, { workspaceId, id, lock: true });
  return campaign?.state === 'running' ? campaign : undefined;
}

function allowed(
  { pace, pace_from: from, pace_handed: before }: CampaignRow,
  { handed, until }: { handed: number; until: Date },
): number {
  if (!pace) return Infinity;
  return releasedBy(until.getTime(), pace, { from: from!.getTime(), handed: before }) - handed;
}

async function stampedOf(
  tx: Tx,
  {
    campaign,
    slice,
    n,
    handed,
    now,
  }: { campaign: CampaignRow; slice: SliceRow; n: number; handed: number; now: Date },
): Promise<Stamped[]> {
  const { id: campaignId, workspace_id: workspaceId, pace, pace_from: from } = campaign;
  const messages = await messagesOf(tx, campaign);
  const state = { from: (from ?? now).getTime(), handed: campaign.pace_handed };
  const due = Math.max(slice.due_at?.getTime() ?? 0, now.getTime());
  return slice.contact_ids.slice(0, n).map((contactId, i) => ({
    workspaceId,
    contactId,
    receivedAt: now.getTime(),
    lane: LANES.stream,
    item: {
      kind: 'send',
      ids: [],
      at: now.getTime(),
      source: 'system',
      campaignId,
      ...messages[slice.rest ? campaign.winner! : pickVariant(campaign, contactId)]!,
      ...(Object.keys(campaign.terms).length > 0 && { terms: campaign.terms }),
      dueAt: pace ? Math.max(due, releaseOf(handed + i, pace, state)) : due,
      ...(slice.hold_out && { holdOut: true as const }),
    },
  }));
}
