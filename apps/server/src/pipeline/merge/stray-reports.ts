import type { DeliveryItem, Stamped } from '../../inbox/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { Of } from '../apply/working-set.ts';

/**
 * Reports about deliveries that reach a contact after a merge into it was undone may be about what
 * went back meanwhile: the other contact is told too, and whoever has the delivery takes it.
 * Index merges_pkey.
 */
export async function strayReports(
  tx: Tx,
  { deliveries }: { deliveries: Of<DeliveryItem>[] },
): Promise<Stamped[]> {
  const reports = deliveries.filter(({ item }) => !item.stray);
  if (reports.length === 0) return [];
  const { rows } = await tx.query<{ keep_id: number; drop_id: number }>({
    name: 'undone_merges_of',
    text: `select distinct keep_id, drop_id from merges where keep_id = any($1) and state = 'undone'`,
    values: [[...new Set(reports.map(({ contactId }) => contactId))]],
  });
  if (rows.length === 0) return [];
  const parted = Map.groupBy(rows, (row) => row.keep_id);
  return reports.flatMap((report) =>
    (parted.get(report.contactId) ?? []).map(({ drop_id: contactId }) => ({
      ...report,
      contactId,
      item: { ...report.item, stray: true as const },
    })),
  );
}
