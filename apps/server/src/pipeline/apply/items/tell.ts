import type { ItemOutcome, JsonObject, Stamped } from '../../../inbox/index.ts';
import { tell } from '../../outcomes.ts';
import type { WorkingSet } from '../working-set.ts';

/** A fact that the program itself finds: it has no time but the item's. */
export function own(
  entry: Stamped,
  set: WorkingSet,
  type: string,
  params: JsonObject,
  { key, flags = 0 }: { key?: string; flags?: number } = {},
): void {
  const { item } = entry;
  set.facts.push({
    workspaceId: entry.workspaceId,
    contactId: entry.contactId,
    type,
    // The change becomes true when it is applied, whenever the value was set.
    occurredAt: entry.receivedAt,
    receivedAt: entry.receivedAt,
    source: item.source,
    ...(key !== undefined && { key }),
    params,
    flags,
    depth: 'depth' in item ? (item.depth ?? 0) : 0,
  });
}

/** Tells whoever waits for the item what became of it. */
export function answer(entry: Stamped, set: WorkingSet, outcome: ItemOutcome): void {
  tell(entry.item, outcome, set);
}
