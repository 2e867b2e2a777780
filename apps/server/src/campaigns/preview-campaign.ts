import type { campaignPreviewSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { ContactQuestions } from '../contacts/index.ts';
import type { Pool } from '../db/index.ts';
import { evaluateSet } from '../evaluation/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import type { MessageRow } from '../messages/index.ts';
import { foreseeSends, type SendRequest } from '../sends/index.ts';
import { audienceQuestion } from './audience-rule.ts';
import { checkCampaign } from './check-campaign.ts';
import { countReasons } from './count-balance.ts';
import { isHeldOut } from './pick-hold-out.ts';
import { pickVariant, waitsForWinner } from './pick-variant.ts';
import type { CampaignRow } from './queries.ts';

type Preview = z.output<typeof campaignPreviewSchema>;

/** Somebody waits for it. */
const PATIENCE_MS = 15_000;
/** How many contacts the gates are asked about; of more, evenly spaced ones. */
const MOST_ASKED = 20_000;
const PAGE = 2_000;

/** Who would get it now, and why not the others, by the gates themselves. */
export async function previewCampaign(
  db: Pool,
  {
    campaign,
    workspace,
    questions,
    now,
    signal,
  }: {
    campaign: CampaignRow;
    workspace: WorkspaceRef;
    questions: ContactQuestions;
    now: Date;
    signal: AbortSignal;
  },
): Promise<Preview> {
  const began = performance.now();
  const { errors, warnings, messages } = await checkCampaign(db, {
    campaign,
    workspaceZone: workspace.timeZone,
    now,
  });
  const members = await membersOf(db, { campaign, workspace, questions, now, signal });
  const asked = evenlySpaced(members, MOST_ASKED);
  const known = messages.filter((message) => message !== undefined);
  const isKnown = known.length === messages.length;
  const foreseen = isKnown
    ? await foresee(db, { campaign, messages: known, contactIds: asked, now })
    : { reachable: 0, refused: [] };
  if (campaign.include.length > 0 && members.length === 0) {
    warnings.push({ path: '/include', message: 'Nobody is in the audience now.' });
  }
  return {
    eligible: members.length,
    asked: isKnown ? asked.length : 0,
    reachable: foreseen.reachable,
    left_out: foreseen.refused,
    errors,
    warnings,
    took_ms: Math.round(performance.now() - began),
  };
}

async function membersOf(
  db: Pool,
  {
    campaign,
    workspace,
    questions,
    now,
    signal,
  }: {
    campaign: CampaignRow;
    workspace: WorkspaceRef;
    questions: ContactQuestions;
    now: Date;
    signal: AbortSignal;
  },
): Promise<number[]> {
  if (campaign.include.length === 0 && !campaign.follows) return [];
  const question = await audienceQuestion(db, {
    campaign,
    workspaceId: workspace.id,
    workspaceZone: workspace.timeZone,
    workspaceCurrency: workspace.currency,
    questions,
    now,
  });
  return evaluateSet(db, question, { wanted: 'members', timeoutMs: PATIENCE_MS, signal });
}

function evenlySpaced(ids: number[], most: number): number[] {
  if (ids.length <= most) return ids;
  const sorted = ids.toSorted((a, b) => a - b);
  return Array.from({ length: most }, (_, i) => sorted[Math.floor((i * ids.length) / most)]!);
}

async function foresee(
  db: Pool,
  {
    campaign,
    messages,
    contactIds,
    now,
  }: { campaign: CampaignRow; messages: MessageRow[]; contactIds: number[]; now: Date },
): Promise<{ reachable: number; refused: ReturnType<typeof countReasons> }> {
  const refusals: Parameters<typeof countReasons>[0][number][] = [];
  let reachable = 0;
  for (let from = 0; from < contactIds.length; from += PAGE) {
    const page = contactIds.slice(from, from + PAGE);
    const requests = page.map((id) =>
      requestOf(campaign, messageFor(campaign, messages, id), id, now),
    );
    for (const { decision, reasons } of await foreseeSends(db, { requests, now })) {
      if (decision !== 'refused') reachable += 1;
      else refusals.push({ refusal: reasons.findLast(({ passed }) => !passed) ?? null, n: 1 });
    }
  }
  return { reachable, refused: countReasons(refusals) };
}

/** Who waits for the winner is asked about as if the first variant were it. */
function messageFor(
  campaign: CampaignRow,
  messages: readonly MessageRow[],
  contactId: number,
): MessageRow {
  return messages[waitsForWinner(campaign, contactId) ? 0 : pickVariant(campaign, contactId)]!;
}

function requestOf(
  campaign: CampaignRow,
  { id: messageId, channel }: MessageRow,
  contactId: number,
  now: Date,
): SendRequest {
  return {
    workspaceId: campaign.workspace_id,
    contactId,
    slot: 0,
    messageId,
    channel,
    campaignId: campaign.id,
    transactional: false,
    test: false,
    ...(isHeldOut(campaign, contactId) && {
      refused: { gate: 'campaign', reason: 'hold-out' },
    }),
    terms: campaign.terms,
    context: {},
    at: now,
  };
}
