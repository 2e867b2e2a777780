import type { Db } from '../db/index.ts';
import type { IdentifyItem, InboxItem } from '../inbox/index.ts';
import { ruleOf, type FieldCatalogue } from './field-catalogue.ts';
import { normalizeValue } from './normalize-value.ts';

export interface Misfit {
  /** Position among the items. */
  index: number;
  field: string;
  reason: string;
}

/**
 * Takes out of items the values that their fields cannot hold, and says which: for workspaces that
 * want the sender to know at once. A field that only an item still waiting creates is not known
 * yet; what does not fit that one is kept as a conflict.
 */
export async function refuseMisfits(
  db: Db,
  {
    workspaceId,
    items,
    catalogue,
    country,
  }: {
    workspaceId: number;
    items: InboxItem[];
    catalogue: FieldCatalogue;
    country: string | undefined;
  },
): Promise<{ items: InboxItem[]; misfits: Misfit[] }> {
  const named = items.flatMap((item) => (item.kind === 'identify' ? Object.keys(item.fields) : []));
  const rules = await catalogue.rules(db, workspaceId, named);
  const misfits: Misfit[] = [];
  const kept = items.map((item, index) => {
    if (item.kind !== 'identify') return item;
    const wrong = Object.entries(item.fields).flatMap(([field, value]) => {
      const rule = ruleOf(rules, field);
      const normalized = rule && normalizeValue(rule, value, { country, source: item.source });
      return !normalized || normalized.ok ? [] : [{ index, field, reason: normalized.reason }];
    });
    misfits.push(...wrong);
    return wrong.length === 0 ? item : without(item, new Set(wrong.map(({ field }) => field)));
  });
  return { items: kept, misfits };
}

function without(item: IdentifyItem, fields: ReadonlySet<string>): IdentifyItem {
  const kept = Object.entries(item.fields).filter(([field]) => !fields.has(field));
  return { ...item, fields: Object.fromEntries(kept) };
}
