import { MAPPED_IDENTIFIERS } from '@perennial/contracts';
import { writeAudit } from '../audit/index.ts';
import { canIdentify, indexField, readCustomRules, ruleOf } from '../contacts/index.ts';
import type { Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import { deleteMappingRow, insertMapping, type MappingRow } from './mapping-queries.ts';

/** A field that is named for the first time becomes an identifier of the contacts that have it. */
export async function createMapping(
  tx: Tx,
  {
    workspaceId,
    parameter,
    field,
    by,
  }: { workspaceId: number; parameter: string; field: string; by: Origin },
): Promise<MappingRow> {
  await requireField(tx, { workspaceId, field });
  const created = await insertMapping(tx, { workspaceId, parameter, field, now: by.at });
  if (!created) {
    throw new Problem('already_exists', {
      detail: `There is a rule for the parameter "${parameter}" already.`,
    });
  }
  if (!isIdentifier(field)) await indexField(tx, { workspaceId, field, by });
  await raiseConfigVersion(tx, { workspaceId });
  await writeAudit(tx, {
    by,
    action: 'event_mapping.create',
    object: { kind: 'event_mapping', id: created.id },
    after: { parameter, field },
  });
  return created;
}

function isIdentifier(field: string): boolean {
  return (MAPPED_IDENTIFIERS as readonly string[]).includes(field);
}

async function requireField(
  tx: Tx,
  { workspaceId, field }: { workspaceId: number; field: string },
): Promise<void> {
  if (isIdentifier(field)) return;
  const rule = ruleOf(await readCustomRules(tx, { workspaceId }), field);
  const message = !rule
    ? 'There is no such field.'
    : canIdentify(rule)
      ? undefined
      : 'Only a text, a number or a choice can say who somebody is.';
  if (message === undefined) return;
  throw new Problem('invalid_request', {
    detail: message,
    errors: [{ path: '/field', message, in: 'body' }],
  });
}

/** The field stays an identifier: another rule for it needs no indexing. */
export async function deleteMapping(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  const gone = await deleteMappingRow(tx, { workspaceId, id });
  if (!gone) throw notFound('rule');
  await raiseConfigVersion(tx, { workspaceId });
  await writeAudit(tx, {
    by,
    action: 'event_mapping.delete',
    object: { kind: 'event_mapping', id },
    before: { parameter: gone.parameter, field: gone.field },
  });
}
