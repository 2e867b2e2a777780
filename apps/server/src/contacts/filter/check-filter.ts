import {
  checkNode,
  contactConditions,
  leavesOf,
  type BaseCondition,
  type EventCondition,
  type FieldCondition,
  type Node,
} from '@perennial/conditions';
import type { Db } from '../../db/index.ts';
import { Problem } from '../../http/index.ts';
import { mayReadPersonal, type Rights } from '../../users/index.ts';
import { readCustomRules, type CustomRules } from '../field-catalogue.ts';
import { fieldTypesOf } from './condition-fields.ts';

/** A filter that was checked against the fields of its workspace. */
export interface CheckedFilter {
  node: Node;
  rules: CustomRules;
}

/** Most conditions of a filter. */
const LIMITS = { depth: 10, conditions: 100 };

/** Checks a filter, any JSON, and that the caller may ask it; throws what is wrong and where. */
export async function checkFilter(
  db: Db,
  {
    workspaceId,
    filter,
    rights,
    place,
  }: { workspaceId: number; filter: unknown; rights: Rights; place: 'body' | 'query' },
): Promise<CheckedFilter> {
  const rules = await readCustomRules(db, { workspaceId });
  const fields = fieldTypesOf(rules);
  const checked = checkNode(filter, { fields, types: contactConditions, limits: LIMITS });
  if (!checked.ok) {
    const errors = checked.issues.map(({ path, message }) => ({
      path: `/filter${path}`,
      message,
      in: place,
    }));
    throw new Problem('invalid_request', { detail: 'This filter cannot be asked.', errors });
  }
  if (!mayReadPersonal(rights)) refusePersonal(checked.value);
  return { node: checked.value, rules };
}

/** What everybody with `contacts.read` sees unmasked. */
const PUBLIC_FIELDS = new Set([
  'id',
  'language',
  'time_zone',
  'country',
  'region',
  'city',
  'source',
  'device_platform',
  'created_at',
  'updated_at',
  'last_seen_at',
]);

/** Else a list of matches would tell what the masks hide. */
export function refusePersonal(node: Node): void {
  for (const condition of leavesOf<BaseCondition>(node)) {
    const asked = personalValue(condition);
    if (asked === undefined) continue;
    throw new Problem('forbidden', {
      detail: `Filtering by the values of ${asked} takes contacts.read_personal.`,
    });
  }
}

/** What personal value a condition compares. */
function personalValue(condition: BaseCondition): string | undefined {
  if (condition.type === 'event' || condition.type === 'order') {
    const { where, measure } = condition as EventCondition;
    const leaves = where ? [...leavesOf(where)] : [];
    const compared = leaves.find(({ op }) => !TELLS_NO_VALUE.has(op));
    if (compared) return compared.param;
    const measured = measure?.kind === 'streak' ? measure.each : measure;
    return measured && 'param' in measured ? measured.param : undefined;
  }
  if (condition.type !== 'field') return undefined;
  const { field, op } = condition as FieldCondition;
  return PUBLIC_FIELDS.has(field) || TELLS_NO_VALUE.has(op) ? undefined : field;
}

const TELLS_NO_VALUE: ReadonlySet<string> = new Set(['is_set', 'is_empty']);
