import type { Db } from '../db/index.ts';
import { findUsedEventTypes } from '../segments/index.ts';
import { findEventUses } from '../workflows/index.ts';

type Uses = Awaited<ReturnType<typeof findEventUses>>;
type Use = Omit<Uses extends Map<string, (infer One)[]> ? One : never, 'kind'> & {
  kind: 'workflow' | 'segment';
};

/** Workflows and segments that would miss event types, by type. A rule is always at work. */
export async function findTypeUses(
  db: Db,
  which: { workspaceId: number },
): Promise<Map<string, Use[]>> {
  const uses = new Map<string, Use[]>(await findEventUses(db, which));
  for (const [event, rules] of await findUsedEventTypes(db, which)) {
    const own = rules.map((rule) => ({ ...rule, state: 'active', how: 'checks' as const }));
    uses.set(event, [...(uses.get(event) ?? []), ...own]);
  }
  return uses;
}
