import type { MessageUse } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';

/** As it is within the program. */
export type Use = Omit<MessageUse, 'id'> & { id: number };

export interface SentLately {
  total: number;
  by_api: number;
  at_least: boolean;
}

/** What the rooms to the right know of messages. */
export interface AroundMessages {
  /** What would miss each message of the workspace; those that nothing would are not in it. */
  findMessageUses: (db: Db, which: { workspaceId: number }) => Promise<ReadonlyMap<number, Use[]>>;
  /** When each was sent last; those that never were are not in it. */
  findLastSent: (
    db: Db,
    which: { messageIds: readonly number[] },
  ) => Promise<ReadonlyMap<number, Date>>;
  countSent: (db: Db, which: { messageId: number; since: Date }) => Promise<SentLately>;
}

/** Of a program that sends nothing. */
export const nothingAround: AroundMessages = {
  findMessageUses: async () => new Map(),
  findLastSent: async () => new Map(),
  countSent: async () => ({ total: 0, by_api: 0, at_least: false }),
};
