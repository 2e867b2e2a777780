import { quoteName, type Tx } from '../db/index.ts';
import { slotOf } from '../slots/index.ts';
import type { ContactTable, Row } from './contact-table.ts';
import type { Choice } from './take-out.ts';
import {
  deleteRows,
  insertRows,
  keyOf,
  listOf,
  OVERRIDING,
  readRows,
  withColumns,
  type KnownTable,
} from './row-statements.ts';

export interface MergePair {
  keepId: number;
  dropId: number;
}

/** Two rows of one key, and the one that stands for both: enough to give each its own again. */
export type Settled = Choice<Row>;

/**
 * Gives the rows of dropped contacts to the survivors, under whose slots too it runs. A row keeps
 * the contact it was written with. Answers, for each pair and by table, what was in conflict.
 * No contact may be in two of the pairs.
 */
export async function moveRows(
  tx: Tx,
  tables: readonly ContactTable[],
  { pairs, slots }: { pairs: readonly MergePair[]; slots: number },
): Promise<Record<string, Settled[]>[]> {
  const conflicts = pairs.map((): Record<string, Settled[]> => ({}));
  if (pairs.length === 0) return conflicts;
  for (const table of await withColumns(tx, tables)) {
    if (table.conflict) await settle(tx, table, { pairs, conflicts });
    await move(tx, table, { pairs, slots });
  }
  return conflicts;
}

/** Leaves of two rows with one key only the survivor's, with what was settled. */
async function settle(
  tx: Tx,
  table: KnownTable,
  { pairs, conflicts }: { pairs: readonly MergePair[]; conflicts: Record<string, Settled[]>[] },
): Promise<void> {
  const rows = await readRows(tx, table, {
    contactIds: pairs.flatMap(({ keepId, dropId }) => [keepId, dropId]),
  });
  const byContact = Map.groupBy(rows, (row) => row['contact_id'] as number);
  const found = pairs.map(({ keepId, dropId }) =>
    settlePair(table, byContact.get(keepId) ?? [], byContact.get(dropId) ?? []),
  );
  found.forEach((settled, i) => {
    if (settled.length > 0) conflicts[i]![table.table] = settled;
  });
  const all = found.flat();
  const changed = all.filter(({ kept, settled }) => settled !== kept);
  await deleteRows(tx, table, [
    ...all.map(({ dropped }) => dropped),
    ...changed.map(({ kept }) => kept),
  ]);
  await insertRows(
    tx,
    table,
    changed.map(({ kept, settled }) => inPlaceOf(kept, settled)),
  );
}

type BothHad = Settled & { kept: Row };

function settlePair(table: KnownTable, kept: Row[], dropped: Row[]): BothHad[] {
  if (dropped.length === 0) return [];
  const own = new Map(kept.map((row) => [keyOf(table, row), row]));
  return dropped.flatMap((row) => {
    const other = own.get(keyOf(table, row));
    if (!other) return [];
    const settled = table.conflict!.settle({ kept: other, dropped: row });
    return [{ kept: other, dropped: row, settled }];
  });
}

/** The row that stands where the survivor's stood, as if it had been written with it. */
export function inPlaceOf(kept: Row, settled: Row): Row {
  return {
    ...settled,
    contact_id: kept['contact_id']!,
    source_contact_id: kept['source_contact_id'] ?? null,
    ...('slot' in kept && { slot: kept['slot']! }),
  };
}

/** The key holds the contact, so rows are taken out and put in again: the contact decides the shard. */
async function move(
  tx: Tx,
  table: KnownTable,
  { pairs, slots }: { pairs: readonly MergePair[]; slots: number },
): Promise<void> {
  const name = quoteName(table.table);
  const columns = listOf(table.columns);
  const [slot, itsSlot] = table.slotted ? ['slot, ', 'keep_slot, '] : ['', ''];
  await tx.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[], $3::integer[]) as pair (drop_id, keep_id, keep_slot)),
          moved as (delete from ${name} t using pair where t.contact_id = pair.drop_id
                    returning t.*, pair.keep_id, pair.keep_slot)
     insert into ${name} (contact_id, source_contact_id, ${slot}${columns}) ${OVERRIDING(table)}
     select keep_id, nullif(coalesce(source_contact_id, contact_id), keep_id), ${itsSlot}${columns} from moved`,
    [
      pairs.map(({ dropId }) => dropId),
      pairs.map(({ keepId }) => keepId),
      pairs.map(({ keepId }) => slotOf(keepId, slots)),
    ],
  );
}
