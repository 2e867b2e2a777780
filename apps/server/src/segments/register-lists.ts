import type { Tx } from '../db/index.ts';
import type { InboxItem, ListChanges } from '../inbox/index.ts';
import { findListsByName, findOrCreateLists } from './find-or-create-lists.ts';

/**
 * Makes the lists that items mention for the first time, and answers the items with IDs in the place
 * of names, so that a later renaming changes nothing. Only the resolver calls it. A name to leave
 * that no list has is dropped; one to enter that could not be made stays a name.
 */
export async function registerLists<Item extends InboxItem>(
  tx: Tx,
  { workspaceId, items, now }: { workspaceId: number; items: Item[]; now: Date },
): Promise<Item[]> {
  const naming = items.flatMap((item) => {
    const lists = listsOf(item);
    return lists && hasNames(lists) ? [{ item, lists }] : [];
  });
  if (naming.length === 0) return items;
  const ids = await findListsByName(tx, {
    workspaceId,
    names: naming.flatMap(({ lists }) => namesOf(lists.remove)),
  });
  for (const [source, own] of Map.groupBy(naming, ({ item }) => item.source)) {
    const by = { workspaceId, actor: { kind: 'system' as const, id: null, name: source }, at: now };
    const names = own.flatMap(({ lists }) => namesOf(lists.add));
    const added = await findOrCreateLists(tx, { workspaceId, names, source, by });
    for (const [name, id] of added) ids.set(name, id);
  }
  const renamed = new Map(naming.map(({ item, lists }) => [item, byId(lists, ids)]));
  return items.map((item) => {
    const lists = renamed.get(item);
    return lists ? { ...item, lists } : item;
  });
}

function listsOf(item: InboxItem): ListChanges | undefined {
  return item.kind === 'identify' || item.kind === 'membership' ? item.lists : undefined;
}

function hasNames({ add = [], remove = [] }: ListChanges): boolean {
  return [...add, ...remove].some((list) => typeof list === 'string');
}

function namesOf(lists: (number | string)[] | undefined): string[] {
  return (lists ?? []).filter((list) => typeof list === 'string');
}

function byId({ add, remove }: ListChanges, ids: Map<string, number>): ListChanges {
  const idOf = (list: number | string) => (typeof list === 'number' ? list : ids.get(list));
  return {
    ...(add && { add: add.map((list) => idOf(list) ?? list) }),
    ...(remove && { remove: remove.flatMap((list) => idOf(list) ?? []) }),
  };
}
