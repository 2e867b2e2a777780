import type { Definition, Node } from '@perennial/conditions';
import type { CampaignFollows } from '@perennial/contracts';
import { fieldTypesOf, readCustomRules, type ContactQuestions } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { SetQuestion } from '../evaluation/index.ts';

/** Whom a campaign is for. */
export interface Audience {
  include: readonly number[];
  exclude: readonly number[];
  follows: CampaignFollows | null;
}

/**
 * Members of any of the included segments, without those of any of the excluded; after an earlier
 * campaign, of these (or of all, without segments) whom it reached and who did with it what is asked.
 */
export function audienceRule({ include, exclude, follows }: Audience): Definition {
  const without = [...exclude.map(memberOf), ...(follows ? deniedBy(follows) : [])];
  const within: Node[] = [
    ...(include.length > 0 ? [{ any: include.map(memberOf) }] : []),
    ...(follows ? askedBy(follows) : []),
  ];
  return {
    language: 1,
    include: { all: within },
    ...(without.length > 0 && { exclude: { any: without } }),
  };
}

function memberOf(id: number): Node {
  const member = { type: 'segment', segment: String(id) };
  return member;
}

function askedBy({ campaign, who }: CampaignFollows): Node[] {
  const did = who === 'opened' || who === 'clicked' ? [acted(campaign, who)] : [];
  return [acted(campaign, 'delivered'), ...did];
}

function deniedBy({ campaign, who }: CampaignFollows): Node[] {
  if (who === 'not_opened') return [acted(campaign, 'opened')];
  return who === 'not_clicked' ? [acted(campaign, 'clicked')] : [];
}

function acted(campaign: string, action: 'delivered' | 'opened' | 'clicked'): Node {
  const where = { param: 'campaign', op: 'equals', value: campaign };
  const condition = { type: 'message', action, where, period: { kind: 'ever' } };
  return condition;
}

/** The same as a question to everybody, with what time did to the segments that nobody wrote down yet. */
export async function audienceQuestion(
  db: Db,
  {
    campaign,
    workspaceId,
    workspaceZone,
    workspaceCurrency,
    questions,
    now,
  }: {
    campaign: Audience;
    workspaceId: number;
    workspaceZone: string;
    workspaceCurrency: string;
    questions: ContactQuestions;
    now: Date;
  },
): Promise<SetQuestion> {
  const segmentIds = [...new Set([...campaign.include, ...campaign.exclude])];
  return {
    rule: audienceRule(campaign),
    workspaceId,
    workspaceZone,
    workspaceCurrency,
    now,
    fields: fieldTypesOf(await readCustomRules(db, { workspaceId })),
    questions: (await questions.settled?.(db, { workspaceId, segmentIds, now })) ?? questions,
  };
}
