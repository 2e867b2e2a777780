import type { LeavingReason, leavingReportSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { readCategories } from '../../categories/index.ts';
import type { Db } from '../../db/index.ts';
import { listTypeIds } from '../../events/index.ts';
import { loadMessageCategories } from '../../messages/index.ts';
import { readPageLook } from '../../sends/index.ts';
import {
  countChoices,
  countLeft,
  countPauses,
  nameMessages,
  type LeftRow,
  type Period,
} from './queries.ts';

type Report = z.output<typeof leavingReportSchema>;

/** Most messages that are told apart; the rest are few each. */
const MOST_MESSAGES = 50;

/** Who left in a period, and why: by reason, channel, message and category. */
export async function reportLeaving(db: Db, period: Period): Promise<Report> {
  const { workspaceId, from, to } = period;
  const typesOf = (key: string) => listTypeIds(db, { workspaceId, keys: [key] });
  const changes = { typeIds: await typesOf('SubscriptionChanged') };
  const { reasons } = await readPageLook(db, { workspaceId });
  const rows = renamed(
    await countLeft(db, period, { typeIds: await typesOf('MessageUnsubscribed') }),
    reasons,
  );
  return {
    from,
    to,
    total: sumOf(rows),
    paused: await countPauses(db, period, changes),
    reasons: countReasons(rows),
    channels: countBy(rows, (row) => row.channel).map(([channel, count]) => ({ channel, count })),
    messages: await messagesOf(db, period, rows),
    categories: await categoriesOf(db, period, { rows, changes }),
  };
}

/** What a reason was called before counts as what it is called now. */
function renamed(rows: readonly LeftRow[], reasons: readonly LeavingReason[]): LeftRow[] {
  const names = new Map(
    reasons.flatMap(({ text, formerly }) => formerly.map((former) => [former, text] as const)),
  );
  // A name that is in use again means itself.
  for (const { text } of reasons) names.delete(text);
  return rows.map((row) => ({
    ...row,
    reason: row.reason === null ? null : (names.get(row.reason) ?? row.reason),
  }));
}

function sumOf(rows: readonly LeftRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** The most first. */
function countBy<Key>(rows: readonly LeftRow[], keyOf: (row: LeftRow) => Key): [Key, number][] {
  const groups = Map.groupBy(rows, keyOf);
  return [...groups]
    .map(([key, group]): [Key, number] => [key, sumOf(group)])
    .sort((a, b) => b[1] - a[1]);
}

/** Who gave none stands last, however many they are. */
function countReasons(rows: readonly LeftRow[]): Report['reasons'] {
  return countBy(rows, (row) => row.reason)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => Number(a.reason === null) - Number(b.reason === null));
}

async function messagesOf(
  db: Db,
  { workspaceId }: Period,
  rows: LeftRow[],
): Promise<Report['messages']> {
  const counted = countBy(rows, (row) => row.message_id).slice(0, MOST_MESSAGES);
  const ids = counted.flatMap(([id]) => id ?? []);
  const names = await nameMessages(db, { workspaceId, ids });
  return counted.map(([id, count]) => ({
    message: id,
    name: names.get(id ?? 0) ?? null,
    count,
    reasons: countReasons(rows.filter((row) => row.message_id === id)),
  }));
}

async function categoriesOf(
  db: Db,
  period: Period,
  { rows, changes }: { rows: readonly LeftRow[]; changes: { typeIds: readonly number[] } },
): Promise<Report['categories']> {
  const categories = await readCategories(db, period);
  const choices = new Map(
    (await countChoices(db, period, changes)).map((choice) => [choice.key, choice]),
  );
  const ofMessage = await loadMessageCategories(db, {
    ids: rows.flatMap((row) => row.message_id ?? []),
  });
  return [...categories.values()]
    .map(({ id, key, name }) => ({
      category: key,
      name,
      unsubscribed: sumOf(
        rows.filter((row) => ofMessage.get(row.message_id ?? 0)?.includes(id) ?? false),
      ),
      left: choices.get(key)?.left ?? 0,
      joined: choices.get(key)?.joined ?? 0,
    }))
    .sort((a, b) => b.unsubscribed + b.left - (a.unsubscribed + a.left));
}
