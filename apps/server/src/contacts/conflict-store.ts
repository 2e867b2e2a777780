import { copyRows } from '../db/binary-copy.ts';
import type { Tx } from '../db/pool.ts';
import type { FieldConflict } from './set-fields.ts';

export async function saveConflicts(
  tx: Tx,
  { conflicts }: { conflicts: FieldConflict[] },
): Promise<void> {
  if (conflicts.length === 0) return;
  const rows = [...new Map(conflicts.map((row) => [identityOf(row), row])).values()];
  const known = await findConflicts(tx, rows);
  await copyRows(
    tx,
    'field_conflicts',
    [
      ['contact_id', 'int8'],
      ['workspace_id', 'int8'],
      ['field', 'text'],
      ['value', 'jsonb'],
      ['reason', 'text'],
      ['source', 'text'],
      ['at', 'timestamptz'],
    ],
    rows
      .filter((_, n) => !known.has(n))
      .map((row) => [
        row.contactId,
        row.workspaceId,
        fieldIn(row),
        JSON.stringify(row.value),
        row.reason,
        row.source,
        row.at,
      ]),
  );
}

function identityOf(row: FieldConflict): string {
  return JSON.stringify([row.contactId, row.field, row.value, row.source, row.at]);
}

function fieldIn({ field }: FieldConflict): string {
  return field.slice(0, 300);
}

/** Which of them are there already: senders repeat their calls. Index: field_conflicts_pkey. */
async function findConflicts(tx: Tx, conflicts: FieldConflict[]): Promise<Set<number>> {
  const { rows } = await tx.query<{ n: number }>(
    `select sent.n
       from unnest($1::bigint[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[])
            with ordinality as sent (contact_id, field, value, source, at, n)
       join field_conflicts known
         on known.contact_id = sent.contact_id and known.field = sent.field
        and known.value = sent.value and known.source = sent.source and known.at = sent.at`,
    [
      conflicts.map((row) => row.contactId),
      conflicts.map(fieldIn),
      conflicts.map((row) => JSON.stringify(row.value)),
      conflicts.map((row) => row.source),
      conflicts.map((row) => new Date(row.at)),
    ],
  );
  return new Set(rows.map(({ n }) => n - 1));
}

/** Conflicts that a job made and takes back; index field_conflicts_pkey. */
export async function unmakeConflicts(
  tx: Tx,
  { conflicts }: { conflicts: Omit<FieldConflict, 'reason' | 'workspaceId'>[] },
): Promise<void> {
  if (conflicts.length === 0) return;
  await tx.query(
    `delete from field_conflicts c
      using unnest($1::bigint[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[])
            as gone (contact_id, field, value, source, at)
      where c.contact_id = gone.contact_id and c.field = gone.field and c.value = gone.value
        and c.source = gone.source and c.at = gone.at`,
    [
      conflicts.map((row) => row.contactId),
      conflicts.map((row) => row.field),
      conflicts.map((row) => JSON.stringify(row.value)),
      conflicts.map((row) => row.source),
      conflicts.map((row) => new Date(row.at)),
    ],
  );
}

/** Conflicts that somebody settled; index field_conflicts_pkey. */
export async function dropConflicts(
  tx: Tx,
  { settled }: { settled: { contactId: number; id: number }[] },
): Promise<void> {
  if (settled.length === 0) return;
  await tx.query(
    `delete from field_conflicts c using unnest($1::bigint[], $2::bigint[]) as settled (contact_id, id)
      where c.contact_id = settled.contact_id and c.id = settled.id`,
    [settled.map((row) => row.contactId), settled.map((row) => row.id)],
  );
}
