import { writeAudit } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import { notFound, Problem, type Origin } from '../../http/index.ts';
import { raiseConfigVersion } from '../../workspaces/index.ts';
import { looksOf } from '../change-fields.ts';
import { lockField, updateField, type FieldRow } from '../field-queries.ts';
import { rulesFitting } from '../value-rules.ts';
import { findUses, type NewType, type TypeParts } from './why-not.ts';

/** What of a field goes with its type. */
export type Typed = Pick<FieldRow, 'type' | 'choices' | 'choice_looks' | 'rules'>;

/**
 * Gives a field another type: values that arrive from now on follow it. What is stored follows by
 * the job that the caller begins. Throws what stands against it.
 */
export async function changeType(
  tx: Tx,
  parts: TypeParts,
  { workspaceId, id, to, by }: { workspaceId: number; id: number; to: NewType; by: Origin },
): Promise<{ field: FieldRow; from: Typed; to: Typed }> {
  const before = await lockForType(tx, { workspaceId, id });
  if (before.type === to.type) {
    throw new Problem('unprocessable', { detail: `The field is of type ${to.type} already.` });
  }
  const after: Typed = {
    type: to.type,
    choices: to.choices,
    choice_looks: looksOf(to.choices, to.looks ?? before.choice_looks),
    rules: rulesFitting(to.type, before.rules),
  };
  await putType(tx, parts, { workspaceId, before, after, by });
  return { field: before, from: typedOf(before), to: after };
}

/** Gives it back the type that it had; throws if it has got a third one meanwhile. */
export async function restoreType(
  tx: Tx,
  parts: TypeParts,
  {
    workspaceId,
    id,
    given,
    had,
    by,
  }: { workspaceId: number; id: number; given: Typed; had: Typed; by: Origin },
): Promise<void> {
  const before = await lockForType(tx, { workspaceId, id });
  if (before.type !== given.type) {
    throw new Problem('conflict', { detail: 'The field has got another type since.' });
  }
  await putType(tx, parts, { workspaceId, before, after: had, by });
}

async function lockForType(tx: Tx, which: { workspaceId: number; id: number }): Promise<FieldRow> {
  // First, so that nobody publishes what asks for the type that it has now.
  await raiseConfigVersion(tx, which);
  const field = await lockField(tx, which);
  if (!field) throw notFound('field');
  if (field.archived_at) {
    throw new Problem('conflict', { detail: 'The field is archived. Bring it back first.' });
  }
  return field;
}

async function putType(
  tx: Tx,
  parts: TypeParts,
  {
    workspaceId,
    before,
    after,
    by,
  }: { workspaceId: number; before: FieldRow; after: Typed; by: Origin },
): Promise<void> {
  const to = { type: after.type, choices: after.choices } as NewType;
  const uses = await findUses(tx, parts, { workspaceId, field: before, to });
  const against = uses.filter(({ blocks }) => blocks);
  if (against.length > 0) {
    const detail = against.map(({ name, problem }) => `${name}: ${problem}`).join(' ');
    throw new Problem('conflict', { detail: detail.slice(0, 500) });
  }
  await updateField(tx, { ...before, ...after });
  await writeAudit(tx, {
    by,
    action: 'field.type',
    object: { kind: 'field', id: before.id },
    before: typedOf(before),
    after,
  });
}

function typedOf({ type, choices, choice_looks, rules }: FieldRow): Typed {
  return { type, choices, choice_looks, rules };
}
