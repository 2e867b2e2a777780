import { isChannelKey } from '@perennial/channels';
import { checkDefinition, cleanText, type Definition, type Issue } from '@perennial/conditions';
import { listCategories } from '../categories/index.ts';
import { fieldTypesOf, readCustomRules, type CustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { knownTypeKeys } from '../events/index.ts';
import { Problem } from '../http/index.ts';
import { readSegmentCatalogue, readWorkflowIds } from './rule-catalogues.ts';

/** A rule that was checked against what its workspace has. */
export interface CheckedRule {
  /** Normalised, as it is stored. */
  definition: Definition;
  rules: CustomRules;
  warnings: readonly Issue[];
  /** Event types that it asks about and that nobody has sent yet. */
  newEventTypes: string[];
}

export type RuleOutcome =
  { ok: true; checked: CheckedRule } | { ok: false; errors: readonly Issue[] };

export interface RuleToCheck {
  workspaceId: number;
  /** Any JSON. */
  definition: unknown;
  /** The segment that it is for, to which it must not lead back; none yet for a new one. */
  segmentId?: number | undefined;
  /** It is to be asked now, where there is no event to take values from. */
  withoutEvent?: boolean;
}

/** Checks a rule; mistakes bear JSON pointers into the definition. */
export async function checkRule(db: Db, rule: RuleToCheck): Promise<RuleOutcome> {
  const { workspaceId, segmentId, withoutEvent = false } = rule;
  const which = { workspaceId };
  const rules = await readCustomRules(db, which);
  const segments = await readSegmentCatalogue(db, which);
  const workflows = await readWorkflowIds(db, which);
  const categories = new Set((await listCategories(db, which)).map(({ key }) => key));
  const keys = eventsIn(rule.definition);
  const known = new Set(await knownTypeKeys(db, { workspaceId, keys }));
  const checked = checkDefinition(rule.definition, {
    fields: fieldTypesOf(rules),
    segments: (id) => segments.get(id),
    self: segmentId === undefined ? undefined : String(segmentId),
    events: (key) => known.has(key),
    categories: (key) => categories.has(key),
    channels: isChannelKey,
    workflows: (id) => workflows.has(id),
    withoutEvent,
  });
  if (!checked.ok) return { ok: false, errors: checked.issues };
  const { value: definition, warnings } = checked;
  const newEventTypes = keys.filter((key) => !known.has(key));
  return { ok: true, checked: { definition, rules, warnings, newEventTypes } };
}

/** The same, of a rule that has to be right: throws what is wrong, and where. */
export async function requireRule(db: Db, rule: RuleToCheck): Promise<CheckedRule> {
  const outcome = await checkRule(db, rule);
  if (outcome.ok) return outcome.checked;
  throw wrongRule(outcome.errors);
}

/** Most mistakes that one answer tells. */
const MOST_TOLD = 100;

function wrongRule(issues: readonly Issue[]): Problem {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new Problem('unprocessable', {
    detail: `The definition is wrong: ${first!.path || '/'} ${first!.message}${more}`,
    errors: issues.slice(0, MOST_TOLD).map(({ path, message }) => ({
      path: `/definition${path}`,
      message,
      in: 'body',
    })),
  });
}

/** Event types that a rule asks about, which nobody has checked yet. */
function eventsIn(definition: unknown): string[] {
  const found = new Set<string>();
  // A queue, for what is nested deeper than calls may be.
  const parts = [definition];
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    const { type, event } = part as { type?: unknown; event?: unknown };
    if (type === 'event' && typeof event === 'string') found.add(cleanText(event));
    else parts.push(...Object.values(part));
  }
  return [...found];
}
