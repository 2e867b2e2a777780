import type { ContactQuestions } from '../contacts/index.ts';
import { advisoryLocks, inTransaction, type Pool, type Tx } from '../db/index.ts';
import { readMembers, type MemberRead } from '../evaluation/index.ts';
import { listWorkspaces } from '../workspaces/index.ts';
import { audienceQuestion } from './audience-rule.ts';
import { isHeldOut } from './pick-hold-out.ts';
import { waitsForWinner } from './pick-variant.ts';
import { setRead } from './driver-queries.ts';
import { findCampaign, readCampaign, type CampaignRow } from './queries.ts';
import { dueInZone } from './schedule/schedule.ts';
import { forgetHanded, insertSlices, readNoted, type NewSlice } from './slice-queries.ts';

export interface ReadParts {
  /** Holds a connection for the snapshot and one for what is noted. */
  pool: Pool;
  questions: ContactQuestions;
  clock: () => Date;
  /** Some contacts may be handed over. */
  onNoted: () => void;
}

/** Contacts that are handed over together. */
export const SLICE = 250;
/** Contacts that are read and noted together: each note is a transaction, and waits for those who hand over. */
const NOTED_AT_ONCE = 10_000;

/**
 * Notes the audience of a campaign in slices, all as of one snapshot, so that the first are sent to
 * while the others are read. What a killed program had noted stays; the others are asked about anew.
 * False when somebody else reads it.
 */
export async function readAudience(parts: ReadParts, campaignId: number): Promise<boolean> {
  const act = async (snapshot: Tx): Promise<boolean> => {
    if (!(await isMine(snapshot, campaignId))) return false;
    const campaign = await readCampaign(parts.pool, { id: campaignId });
    if (!campaign || !isToBeRead(campaign)) return false;
    await noteAll(snapshot, parts, campaign);
    return true;
  };
  return inTransaction(parts.pool, act, { isolation: 'repeatable read', readOnly: true });
}

async function isMine(tx: Tx, campaignId: number): Promise<boolean> {
  const { rows } = await tx.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock($1, ($2::bigint % 2147483647)::integer) as mine`,
    [advisoryLocks.audience, campaignId],
  );
  return rows[0]!.mine;
}

function isToBeRead({ state, read_at: readAt }: CampaignRow): boolean {
  return readAt === null && (state === 'running' || state === 'paused');
}

async function noteAll(snapshot: Tx, parts: ReadParts, campaign: CampaignRow): Promise<void> {
  const { pool, clock, questions, onNoted } = parts;
  const { id, workspace_id: workspaceId, started_at: startedAt } = campaign;
  const [workspace] = await listWorkspaces(pool, { ids: [workspaceId] });
  const workspaceZone = workspace!.time_zone;
  const noted = await readNoted(pool, { campaignId: id });
  const question = await audienceQuestion(snapshot, {
    campaign,
    workspaceId,
    workspaceZone,
    workspaceCurrency: workspace!.currency,
    questions,
    // Members as of the start: what time did to segments until now is another campaign's.
    now: startedAt ?? clock(),
  });
  const cut = createCutter(campaign, workspaceZone);
  for await (const read of readMembers(snapshot, question, { size: NOTED_AT_ONCE })) {
    const slices = cut(read.filter((member) => !noted.has(member.id)));
    if (!(await note(parts, campaign, slices))) return;
    onNoted();
  }
  await inTransaction(pool, async (tx) => {
    await setRead(tx, { id, now: clock() });
    await forgetHanded(tx, { campaignId: id });
  });
  onNoted();
}

/** False when nobody wants them any more. */
async function note(
  { pool }: ReadParts,
  { id, workspace_id: workspaceId }: CampaignRow,
  slices: NewSlice[],
): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const current = await findCampaign(tx, { workspaceId, id, lock: true });
    if (!current || !isToBeRead(current)) return false;
    if (slices.length > 0) await insertSlices(tx, { campaignId: id, slices });
    return true;
  });
}

/** Cuts what was read into those that are due together. */
function createCutter(
  campaign: CampaignRow,
  workspaceZone: string,
): (read: MemberRead[]) => NewSlice[] {
  const { schedule, started_at: startedAt } = campaign;
  const perZone = schedule.kind === 'once' && schedule.zone === 'contact' ? schedule : undefined;
  const began = startedAt!.getTime();
  const dues = new Map<string | null, number>();
  function dueOf(zone: string | null): number | null {
    if (!perZone) return null;
    let due = dues.get(zone);
    if (due === undefined)
      dues.set(zone, (due = dueInZone(perZone, { zone, workspaceZone, began })));
    return due;
  }
  return (read) =>
    [
      ...Map.groupBy(read, ({ id, zone }) => {
        const holdOut = isHeldOut(campaign, id);
        // Who gets nothing need not wait for it.
        return `${holdOut ? 'null' : dueOf(zone)} ${holdOut} ${!holdOut && waitsForWinner(campaign, id)}`;
      }),
    ].flatMap(([key, members]) => {
      const [due, holdOut, rest] = key.split(' ');
      return inSlices(members).map((some) => ({
        dueAt: due === 'null' ? null : new Date(Number(due)),
        holdOut: holdOut === 'true',
        rest: rest === 'true',
        contactIds: some.map(({ id }) => id),
      }));
    });
}

function inSlices(members: readonly MemberRead[]): MemberRead[][] {
  return Array.from({ length: Math.ceil(members.length / SLICE) }, (_, n) =>
    members.slice(n * SLICE, (n + 1) * SLICE),
  );
}
