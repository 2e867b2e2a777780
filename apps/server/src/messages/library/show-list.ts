import type { z } from 'zod';
import type { messagePageSchema } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import { pageFrom } from '../../http/index.ts';
import { tagNamesOf } from '../../tags/index.ts';
import type { AroundMessages } from './around-messages.ts';
import {
  countMessages,
  listMessageIds,
  listMessages,
  positionOf,
  type ListedRow,
  type MessageFilter,
  type MessageList,
} from './list-messages.ts';

type MessagePage = z.output<typeof messagePageSchema>;

export interface AskedList
  extends
    Omit<MessageFilter, 'used'>,
    Pick<MessageList, 'sort' | 'descending' | 'withContent' | 'after' | 'limit'> {
  used?: boolean | undefined;
}

/** A page of the library, each message with what uses it and when it was sent last. */
export async function showList(
  db: Db,
  around: AroundMessages,
  { used, ...asked }: AskedList,
): Promise<MessagePage> {
  const { workspaceId, sort, limit } = asked;
  const uses = await around.findMessageUses(db, { workspaceId });
  const filter = {
    ...asked,
    ...(used !== undefined && { used: { is: used, ids: [...uses.keys()] } }),
  };
  const sortedBy =
    sort === 'last_sent_at'
      ? await around.findLastSent(db, { messageIds: await listMessageIds(db, { workspaceId }) })
      : new Map<number, Date>();
  const rows = await listMessages(db, { ...filter, lastSent: sortedBy, limit: limit + 1 });
  const page = pageFrom(rows, { limit, position: positionOf });
  const ids = page.items.map(({ id }) => id);
  const lastSent =
    sort === 'last_sent_at' ? sortedBy : await around.findLastSent(db, { messageIds: ids });
  const tags = await tagNamesOf(db, { kind: 'message', ids });
  const items = page.items.map((row) => ({
    ...row,
    content: asked.withContent ? row.content : undefined,
    languages: defaultFirst(row),
    tags: tags.get(row.id) ?? [],
    last_sent_at: lastSent.get(row.id) ?? null,
    used_by: uses.get(row.id) ?? [],
  }));
  const total = asked.after === undefined ? await countMessages(db, filter) : null;
  return { items, next_cursor: page.next_cursor, total };
}

function defaultFirst({ languages, default_language: first }: ListedRow): string[] {
  return [first, ...languages.filter((language) => language !== first).sort()];
}
