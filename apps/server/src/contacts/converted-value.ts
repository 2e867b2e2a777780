import type { Db } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';
import { convertValue } from './convert-value.ts';
import { readCustomRules, ruleOf } from './field-catalogue.ts';
import { readPhoneCountry } from './find-contact.ts';

/** Gives each conflict what its value becomes when it is taken over; null: nothing that fits. */
export async function withConverted<Conflict extends { field: string; value: Json }>(
  db: Db,
  { workspaceId, conflicts }: { workspaceId: number; conflicts: Conflict[] },
): Promise<(Conflict & { converted: Json })[]> {
  if (conflicts.length === 0) return [];
  const rules = await readCustomRules(db, { workspaceId });
  const country = await readPhoneCountry(db, { workspaceId });
  return conflicts.map((conflict) => {
    const rule = ruleOf(rules, conflict.field);
    const converted = rule ? (convertValue(rule, conflict.value, country) ?? null) : null;
    return { ...conflict, converted };
  });
}
