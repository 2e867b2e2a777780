import { isChannelKey } from '@perennial/channels';
import { checkDefinition, type Definition, type Issue } from '@perennial/conditions';
import { listCategories } from '../categories/index.ts';
import { fieldTypesOf, readCustomRules, type CustomRules } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import { knownTypeKeys } from '../events/index.ts';
import { Problem } from '../http/index.ts';
import { listSegmentIds } from './queries.ts';

/** A rule that was checked against what its workspace has. */
export interface CheckedRule {
  /** Normalised, as it is stored. */
  definition: Definition;
  rules: CustomRules;
  warnings: Issue[];
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
}

/** Checks a rule; mistakes bear JSON pointers into the definition. */
export async function checkRule(db: Db, rule: RuleToCheck): Promise<RuleOutcome> {
  const { workspaceId } = rule;
  const rules = await readCustomRules(db, { workspaceId });
  const segments = new Set((await listSegmentIds(db, { workspaceId })).map(String));
  const categories = new Set((await listCategories(db, { workspaceId })).map(({ key }) => key));
  const checked = checkDefinition(rule.definition, {
    fields: fieldTypesOf(rules),
    segments: (id) => segments.has(id),
    categories: (key) => categories.has(key),
    channels: isChannelKey,
  });
  if (!checked.ok) return { ok: false, errors: checked.issues };
  const definition = checked.value;
  const unseen = await unseenEvents(db, { workspaceId, definition });
  const newEventTypes = [...new Set(unseen.map(({ key }) => key))];
  const warnings = unseen.map(({ path, key }) => ({
    path,
    message: `no event "${key}" has been received yet`,
  }));
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

interface Mention {
  path: string;
  key: string;
}

/** Where a rule asks about events, in its order. */
function eventsIn(value: unknown, path = ''): Mention[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, event } = value as { type?: unknown; event?: unknown };
  if (type === 'event' && typeof event === 'string') return [{ path: `${path}/event`, key: event }];
  return Object.entries(value).flatMap(([name, part]) => eventsIn(part, `${path}/${name}`));
}

async function unseenEvents(
  db: Db,
  { workspaceId, definition }: { workspaceId: number; definition: Definition },
): Promise<Mention[]> {
  const mentions = eventsIn(definition);
  const keys = [...new Set(mentions.map(({ key }) => key))];
  const known = new Set(await knownTypeKeys(db, { workspaceId, keys }));
  return mentions.filter(({ key }) => !known.has(key));
}
