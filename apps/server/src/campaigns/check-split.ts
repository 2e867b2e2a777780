import type { CampaignProblem, CampaignSplit } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { readTypeIds } from '../events/index.ts';
import type { MessageRow } from '../messages/index.ts';
import type { CampaignRow } from './queries.ts';

interface Asked {
  campaign: Pick<CampaignRow, 'workspace_id' | 'message_id' | 'schedule'>;
  split: CampaignSplit;
  messages: readonly (MessageRow | undefined)[];
}

/** What keeps messages from being compared. */
export async function checkSplit(db: Db, asked: Asked): Promise<CampaignProblem[]> {
  return [...checkMessages(asked), ...checkShares(asked), ...(await checkTest(db, asked))];
}

/** By its message a send is known to be of a variant. */
function checkMessages({ campaign, split, messages }: Asked): CampaignProblem[] {
  const known = [campaign.message_id];
  return split.others.flatMap((id, i) => {
    const path = `/split/others/${i}`;
    const problems: CampaignProblem[] = [];
    if (id !== null && known.includes(id)) {
      problems.push({
        path,
        message: 'This message is a variant already: copy it and change the copy.',
      });
    }
    known.push(id);
    const [first, message] = [messages[0], messages[i + 1]];
    if (first && message && first.channel !== message.channel) {
      problems.push({ path, message: 'All variants must be of the same channel.' });
    }
    return problems;
  });
}

function checkShares({ split: { shares } }: Asked): CampaignProblem[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (sum === 100) return [];
  return [{ path: '/split/shares', message: `The shares are ${sum} % together: make them 100 %.` }];
}

async function checkTest(
  db: Db,
  { campaign: { workspace_id: workspaceId, schedule }, split: { test } }: Asked,
): Promise<CampaignProblem[]> {
  if (!test) return [];
  const problems: CampaignProblem[] = [];
  if (schedule.kind !== 'now' && schedule.zone === 'contact') {
    problems.push({
      path: '/split/test',
      message: 'By the zones of contacts the winner would come after the time of many: choose one.',
    });
  }
  if (test.by !== 'event') return problems;
  if (!test.event) {
    problems.push({ path: '/split/test/event', message: 'Choose the event that counts.' });
  } else if (!(await readTypeIds(db, { workspaceId })).has(test.event)) {
    problems.push({ path: '/split/test/event', message: `There is no event "${test.event}".` });
  }
  return problems;
}
