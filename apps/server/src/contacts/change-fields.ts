import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { MOST_FIELDS } from './field-catalogue.ts';
import { ensureGroup } from './field-groups.ts';
import {
  countFields,
  insertField,
  lockField,
  updateField,
  type ChoiceLooks,
  type FieldRow,
} from './field-queries.ts';
import { CUSTOM_PREFIX } from './system-fields.ts';
import { checkRules, type ValueRules } from './value-rules.ts';

export interface NewField {
  workspaceId: number;
  key: string;
  label?: string | undefined;
  type: string;
  group?: string | null | undefined;
  choices?: string[] | null | undefined;
  choice_looks?: ChoiceLooks | undefined;
  rules?: ValueRules | undefined;
  description?: string | undefined;
  by: Origin;
}

/** The pipeline knows the field with the next batch. */
export async function createField(tx: Tx, field: NewField): Promise<FieldRow> {
  const { workspaceId, key, label = key, type, group, choices, by } = field;
  const rules = checkRules(type, field.rules ?? {});
  // First, so that two of them take turns and the count holds.
  await raiseConfigVersion(tx, { workspaceId });
  if ((await countFields(tx, { workspaceId })) >= MOST_FIELDS) {
    throw new Problem('conflict', { detail: `A workspace has at most ${MOST_FIELDS} fields.` });
  }
  if (group) await ensureGroup(tx, { workspaceId, name: group });
  const created = await insertField(tx, {
    workspaceId,
    key,
    label,
    type,
    now: by.at,
    group: group || null,
    choices: choices?.length ? choices : null,
    choiceLooks: looksOf(choices, field.choice_looks),
    rules,
    description: field.description ?? '',
  });
  if (!created) {
    throw new Problem('already_exists', {
      detail: `There is a field "${key}" already, perhaps among the archived ones.`,
    });
  }
  await writeAudit(tx, {
    by,
    action: 'field.create',
    object: { kind: 'field', id: created.id },
    after: { key, label, type, group: created.group, choices: created.choices, rules },
  });
  return created;
}

export interface FieldChange {
  workspaceId: number;
  id: number;
  label?: string | undefined;
  group?: string | null | undefined;
  position?: number | undefined;
  choices?: string[] | null | undefined;
  choice_looks?: ChoiceLooks | undefined;
  rules?: ValueRules | undefined;
  description?: string | undefined;
  archived?: boolean | undefined;
  by: Origin;
  /** What would miss it. */
  findUses?: FindFieldUses | undefined;
}

/** Rules to the right that read a field, by its name in the segment language. */
export type FindFieldUses = (
  db: Db,
  of: { workspaceId: number; field: string },
) => Promise<{ name: string }[]>;

/** Stored values stay whatever changes here; an archived field takes no new ones. */
export async function changeField(tx: Tx, change: FieldChange): Promise<FieldRow> {
  const { workspaceId, id, by } = change;
  const before = await lockField(tx, { workspaceId, id });
  if (!before) throw notFound('field');
  if (change.choices?.length && !before.type.endsWith('choice')) {
    throw new Problem('unprocessable', {
      detail: `A field of type ${before.type} has no choices.`,
    });
  }
  const after = changed(before, change);
  const changes = changesBetween(before, after);
  if (!changes) return before;
  // First, so that no rule that reads it is saved meanwhile.
  await raiseConfigVersion(tx, { workspaceId });
  if (after.archived_at && !before.archived_at) await refuseUsed(tx, change, before.key);
  if (after.group) await ensureGroup(tx, { workspaceId, name: after.group });
  await updateField(tx, after);
  const object = { kind: 'field', id };
  await writeAudit(tx, { by, action: 'field.change', object, ...changes });
  return after;
}

async function refuseUsed(
  tx: Tx,
  { workspaceId, findUses }: FieldChange,
  key: string,
): Promise<void> {
  const field = CUSTOM_PREFIX + key;
  const uses = (await findUses?.(tx, { workspaceId, field })) ?? [];
  if (uses.length === 0) return;
  const names = uses.map(({ name }) => `"${name}"`).join(', ');
  throw new Problem('conflict', {
    detail: `The rules of these segments read it: ${names}. Change them first.`,
  });
}

function changed(before: FieldRow, change: FieldChange): FieldRow {
  const choices = change.choices === undefined ? before.choices : listOrNull(change.choices);
  return {
    ...before,
    label: change.label ?? before.label,
    group: change.group === undefined ? before.group : change.group || null,
    position: change.position ?? before.position,
    choices,
    choice_looks: looksOf(choices, change.choice_looks ?? before.choice_looks),
    rules: change.rules ? checkRules(before.type, change.rules) : before.rules,
    description: change.description ?? before.description,
    archived_at: archivedAt(before, change),
  };
}

function listOrNull(choices: string[] | null): string[] | null {
  return choices?.length ? choices : null;
}

/** Looks of choices that are there, without empty ones. */
export function looksOf(
  choices: string[] | null | undefined,
  looks: ChoiceLooks = {},
): ChoiceLooks {
  const known = Object.entries(looks).flatMap(([choice, { label, color }]) => {
    if (!choices?.includes(choice) || (!label && !color)) return [];
    return [[choice, { ...(label && { label }), ...(color && { color }) }] as const];
  });
  return Object.fromEntries(known);
}

function archivedAt({ archived_at: since }: FieldRow, { archived, by }: FieldChange): Date | null {
  if (archived === undefined) return since;
  return archived ? (since ?? by.at) : null;
}
