import type { contactWork, ContactQuestions } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { settleWith, withSettled } from '../evaluation/index.ts';
import { findSegment, memberSql } from '../segments/index.ts';
import { readSlotCount } from '../slots/index.ts';
import {
  channelSql,
  findSuppressions,
  suppressAddresses,
  takeBackOfJob,
} from '../suppressions/index.ts';
import { findTypeProblems } from '../workflows/index.ts';

type Around = Parameters<typeof contactWork>[0] & {
  findList: (db: Db, which: { workspaceId: number; id: number }) => Promise<boolean>;
};

const questions: ContactQuestions = {
  channel: channelSql,
  segment: (id, asking) => memberSql(id, asking),
  settled: async (db, of) => withSettled(questions, await settle(db, of)),
};

/** What time did to segments that nobody has written down yet. */
export const settle = settleWith(questions);

/** What rooms to the right of `contacts` know and do for it. */
export const aroundContacts: Around = {
  findSuppressions,
  questions,
  findTypeProblems,
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
  async takeBackUnsubscribed(tx, of) {
    const lifted = await takeBackOfJob(tx, { ...of, slots: await readSlotCount(tx) });
    return lifted.flatMap((row) => row.contact_id ?? []);
  },
};
