import type { frequencyPreviewSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { inTransaction, sqlState, type Pool, type Tx } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import { capWindow } from '../gates/caps.ts';
import { knownZone } from '../judge-requests.ts';
import { countSent, firstSendAt, messagesUnder, readSent } from './history-queries.ts';
import { longestWindowMs } from './load-places.ts';
import { replayRule } from './replay-rule.ts';
import type { RuleValues } from './rule-queries.ts';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
/** As long a message may wait at most, so that what was decided long before it left is found. */
const LONGEST_WAIT_MS = 30 * DAY_MS;
const TIMEOUT_MS = 30_000;

type Preview = z.output<typeof frequencyPreviewSchema>;

/** What a rule would have kept back of the messages of the past week, had it been there for it. */
export async function previewRule(
  pool: Pool,
  {
    workspaceId,
    workspaceZone,
    rule,
    now,
  }: { workspaceId: number; workspaceZone: string; rule: RuleValues; now: Date },
): Promise<Preview> {
  const act = (tx: Tx): Promise<Preview> => preview(tx, { workspaceId, workspaceZone, rule, now });
  return inTransaction(pool, act, { isolation: 'repeatable read', readOnly: true }).catch(
    (error: unknown) => {
      // The statement took longer than it may.
      if (sqlState(error) !== '57014') throw error;
      throw new Problem('too_much', {
        detail: 'The messages of the past weeks are too many to count within half a minute.',
        cause: error,
      });
    },
  );
}

async function preview(
  tx: Tx,
  {
    workspaceId,
    workspaceZone,
    rule,
    now,
  }: { workspaceId: number; workspaceZone: string; rule: RuleValues; now: Date },
): Promise<Preview> {
  await tx.query(`set local statement_timeout = ${TIMEOUT_MS}`);
  const from = new Date(now.getTime() - WEEK_MS);
  const found = { from, to: now, messages: 0, kept_back: 0, contacts: 0 };
  const after = new Date(from.getTime() - longestWindowMs([rule]));
  const fromId = await firstSendAt(tx, {
    workspaceId,
    at: new Date(after.getTime() - LONGEST_WAIT_MS),
  });
  if (fromId === undefined) return found;
  const history = {
    workspaceId,
    fromId,
    until: now,
    channels: rule.channels,
    messageIds: await messagesOf(tx, { workspaceId, rule }),
  };
  found.messages = await countSent(tx, { ...history, after: from, withTransactional: false });
  const concerned = new Set<number>();
  const pages = readSent(tx, {
    ...history,
    after,
    withTransactional: rule.counts === 'all',
    moreThan: rule.most,
    eachChannel: rule.each_channel,
  });
  for await (const page of pages) {
    for (const { contact_id: contactId, zone, at, transactional } of page) {
      const contact = knownZone(zone) ?? workspaceZone;
      const window = capWindow(rule.time_window, { workspace: workspaceZone, contact });
      const back = replayRule(
        at.map((instant, i) => ({ at: instant.getTime(), transactional: transactional[i]! })),
        { cap: { most: rule.most, window }, since: from.getTime() },
      );
      found.kept_back += back;
      if (back > 0) concerned.add(contactId);
    }
  }
  return { ...found, contacts: concerned.size };
}

function messagesOf(
  tx: Tx,
  { workspaceId, rule }: { workspaceId: number; rule: RuleValues },
): Promise<number[]> | null {
  const { tag_ids: tagIds, category_ids: categoryIds } = rule;
  if (tagIds.length === 0 && categoryIds.length === 0) return null;
  return messagesUnder(tx, { workspaceId, tagIds, categoryIds });
}
