import {
  checkDefinition,
  compileRule,
  type Definition,
  type EventContent,
} from '@perennial/conditions';
import { fieldTypesOf, readCustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { readEventRules } from '../segments/index.ts';

/** The rule of a segment that takes values from an event. */
export interface EventRule {
  readonly definition: Definition;
  /** Paths that the event has no value for: any makes the rule false for everybody. */
  readonly missing: (event: EventContent) => readonly string[];
}

/** By the segment's ID, as conditions write it. */
export type EventRules = ReadonlyMap<string, EventRule>;

/** The rules of these workspaces that take values from an event. */
export async function loadEventRules(
  db: Db,
  { workspaceIds }: { workspaceIds: number[] },
): Promise<Map<number, EventRules>> {
  const found = new Map<number, EventRules>();
  const rows = await readEventRules(db, { workspaceIds });
  for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) {
    const fields = fieldTypesOf(await readCustomRules(db, { workspaceId }));
    const rules = own.flatMap(({ segmentId, definition }) => {
      const checked = checkDefinition(definition, { fields });
      // A field that it names is gone or has another type: it holds for nobody.
      return checked.ok ? [[String(segmentId), ruleOf(checked.value, fields)] as const] : [];
    });
    found.set(workspaceId, new Map(rules));
  }
  return found;
}

function ruleOf(definition: Definition, fields: ReturnType<typeof fieldTypesOf>): EventRule {
  const rule = compileRule(definition, { fields });
  return {
    definition,
    // What an event lacks shows without knowing anything of a contact.
    missing: (trigger) =>
      rule.explain({
        now: 0,
        workspaceZone: 'UTC',
        contactZone: null,
        fields: {},
        events: new Map(),
        trigger,
      }).missing,
  };
}
