import type { contactWork } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { findSegment, memberSql } from '../segments/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { channelSql, findSuppressions, suppressAddresses } from '../suppressions/index.ts';

type Around = Parameters<typeof contactWork>[0] & {
  findList: (db: Db, which: { workspaceId: number; id: number }) => Promise<boolean>;
};

/** What rooms to the right of `contacts` know and do for it. */
export const aroundContacts: Around = {
  findSuppressions,
  questions: { channel: channelSql, segment: memberSql },
  findList: async (db, which) => (await findSegment(db, which))?.kind === 'list',
  async unsubscribe(tx, { workspaceId, channel, addresses, by, now }) {
    await suppressAddresses(tx, {
      suppressions: addresses.map(({ contactId, address }) => ({
        workspaceId,
        channel,
        address,
        reason: 'unsubscribed',
        since: now,
        source: 'manual',
        contactId,
        by,
      })),
      slots: await readSlotCount(tx),
      now,
    });
  },
};
