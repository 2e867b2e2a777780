import { checkNode, contactConditions } from '@perennial/conditions';
import type { fieldTypeUseSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../../db/index.ts';
import { isMentionedByWork } from '../../jobs/index.ts';
import { fieldTypesOf } from '../filter/condition-fields.ts';
import { readCustomRules, type CustomRules } from '../field-catalogue.ts';
import type { ChoiceLooks, FieldRow } from '../field-queries.ts';
import { readIndexedFields } from '../indexed-fields.ts';
import type { CustomFieldType } from '../normalize-value.ts';
import { CUSTOM_PREFIX } from '../system-fields.ts';
import { listSharedViews } from '../views/queries.ts';

export type TypeUse = z.output<typeof fieldTypeUseSchema>;

/** What rooms to the right know of a field that is to get another type. */
export interface TypeParts {
  /** What in workflows would be wrong then, and is right now. */
  findTypeProblems: (
    db: Db,
    options: { workspaceId: number; field: string; rules: CustomRules; changed: CustomRules },
  ) => Promise<TypeUse[]>;
}

/** The type that a field is to get. */
export interface NewType {
  type: CustomFieldType;
  choices: string[] | null;
  /** Those that its choices have now, unless given. */
  looks?: ChoiceLooks | undefined;
}

/** What uses the field in a way that the new type has not; with `blocks`, it keeps the type. */
export async function findUses(
  db: Db,
  { findTypeProblems }: TypeParts,
  { workspaceId, field, to }: { workspaceId: number; field: FieldRow; to: NewType },
): Promise<TypeUse[]> {
  const rules = await readCustomRules(db, { workspaceId });
  const { type, choices } = to;
  const rule = { type, choices, archived: field.archived_at !== null };
  const changed: CustomRules = new Map(rules).set(field.key, rule);
  const key = CUSTOM_PREFIX + field.key;
  return [
    ...(await identifierUse(db, { workspaceId, key, from: field.type, to: to.type })),
    ...(await workUse(db, { workspaceId, key })),
    ...(await findTypeProblems(db, { workspaceId, field: key, rules, changed })),
    ...(await viewUses(db, { workspaceId, rules, changed })),
  ];
}

/** Changes that leave what identifies as it is, letter by letter. */
const SAME_TEXT: Record<string, readonly string[]> = {
  text: ['choice'],
  choice: ['text'],
  integer: ['decimal', 'text', 'choice'],
  decimal: ['text', 'choice'],
};

/** Contacts are found by such a value while it changes, and must be afterwards. */
async function identifierUse(
  db: Db,
  { workspaceId, key, from, to }: { workspaceId: number; key: string; from: string; to: string },
): Promise<TypeUse[]> {
  const indexed = await readIndexedFields(db, { workspaceIds: [workspaceId] });
  if (!indexed.get(workspaceId)!.has(key) || SAME_TEXT[from]?.includes(to)) return [];
  const problem = `Contacts are found by its values, which a ${to} does not keep letter by letter.`;
  return [{ kind: 'identifier', id: null, name: key, state: null, problem, blocks: true }];
}

async function workUse(
  db: Db,
  { workspaceId, key }: { workspaceId: number; key: string },
): Promise<TypeUse[]> {
  if (!(await isMentionedByWork(db, { workspaceId, text: JSON.stringify(key) }))) return [];
  const problem = 'Work in progress uses it: wait for its end, or cancel it.';
  return [{ kind: 'work', id: null, name: key, state: null, problem, blocks: true }];
}

/** Views that everybody sees; opened, they say what is wrong with their filter. */
async function viewUses(
  db: Db,
  {
    workspaceId,
    rules,
    changed,
  }: { workspaceId: number; rules: CustomRules; changed: CustomRules },
): Promise<TypeUse[]> {
  const views = await listSharedViews(db, { workspaceId });
  return views.flatMap(({ id, name, arrangement: { filter } }) => {
    if (filter === undefined || issueOf(filter, rules) !== undefined) return [];
    const problem = issueOf(filter, changed);
    if (problem === undefined) return [];
    return [{ kind: 'view' as const, id, name, state: null, problem, blocks: false }];
  });
}

function issueOf(filter: unknown, rules: CustomRules): string | undefined {
  const checked = checkNode(filter, { fields: fieldTypesOf(rules), types: contactConditions });
  return checked.ok ? undefined : checked.issues[0]!.message;
}
