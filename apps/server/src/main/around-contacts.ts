import type { ContactQuestions, contactWork } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { settleWith, withSettled } from '../evaluation/index.ts';
import { eventFactsSql, keptFactsSql, readTypeIds, withKept } from '../events/index.ts';
import { orderFactsSql } from '../orders/index.ts';
import { runFactsSql } from '../runs/index.ts';
import {
  bringBackList,
  findRuleProblems,
  findSegment,
  findUsingField,
  memberSql,
  whyNotBack,
} from '../segments/index.ts';
import { messageFactsSql } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import {
  channelChangesSql,
  channelSql,
  findSuppressions,
  suppressAddresses,
  takeBackOfJob,
} from '../suppressions/index.ts';
import { findTypeProblems } from '../workflows/index.ts';

type Around = Parameters<typeof contactWork>[0] & {
  findFieldUses: typeof findUsingField;
  findList: (db: Db, which: { workspaceId: number; id: number }) => Promise<boolean>;
};

/** Where the rooms keep what conditions ask of contacts. */
export const contactQuestions: ContactQuestions = {
  channel: channelSql,
  channelChanges: channelChangesSql,
  segment: (id, asking) => memberSql(id, asking),
  events: eventFactsSql,
  keptEvents: keptFactsSql,
  withKept,
  typeIds: readTypeIds,
  orders: orderFactsSql,
  messages: messageFactsSql,
  runs: runFactsSql,
  settled: async (db, of) => withSettled(contactQuestions, await settle(db, of)),
};

/** What time did to segments that nobody has written down yet. */
export const settle = settleWith(contactQuestions);

/** What rooms to the right of `contacts` know and do for it. */
export const aroundContacts: Around = {
  findSuppressions,
  questions: contactQuestions,
  findFieldUses: findUsingField,
  findTypeProblems: async (db, of) => [
    ...(await findTypeProblems(db, of)),
    ...(await findRuleProblems(db, of)),
  ],
  findList: async (db, which) => (await findSegment(db, which))?.kind === 'list',
  async unsubscribe(tx, { workspaceId, channel, addresses, jobId, by, now }) {
    const written = await suppressAddresses(tx, {
      suppressions: addresses.map(({ contactId, address }) => ({
        workspaceId,
        channel,
        address,
        reason: 'unsubscribed',
        since: now,
        source: 'manual',
        contactId,
        jobId,
        by,
      })),
      slots: await readSlotCount(tx),
      now,
    });
    return written.flatMap((row) => row.contact_id ?? []);
  },
  whyNotBack,
  bringBackList,
  async takeBackUnsubscribed(tx, of) {
    const lifted = await takeBackOfJob(tx, { ...of, slots: await readSlotCount(tx) });
    return lifted.flatMap((row) => row.contact_id ?? []);
  },
};
