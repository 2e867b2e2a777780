import type { Db } from '../../db/index.ts';
import { chosen, type ContactChoice } from '../choose-contacts.ts';
import { CONTACT_COLUMNS, type ContactRow } from '../contact-row.ts';
import { indexedValues } from './indexed-values.ts';

export interface IndexedOrder {
  field: string;
  type: 'text' | 'numeric';
  descending: boolean;
}

/** The value that a contact is sorted by, and its ID. */
type Place = [value: string, id: number];

interface Found extends ContactRow {
  sorted_by: string;
}

/** The next contacts that have a value, in the order of its index. */
export async function listByIndex(
  db: Db,
  choice: ContactChoice,
  { order, after, limit }: { order: IndexedOrder; after: Place | undefined; limit: number },
): Promise<ContactRow[]> {
  const found: ContactRow[] = [];
  for (let from = after; ;) {
    const rows = await readNext(db, choice, { order, after: from, limit });
    found.push(...rows.filter((row) => isCurrent(row, order)));
    const last = rows.at(-1);
    if (rows.length < limit || found.length >= limit || !last) return found.slice(0, limit);
    from = [last.sorted_by, last.id];
  }
}

/** The index may still hold what a card said before. */
function isCurrent({ fields, sorted_by: value }: Found, { field }: IndexedOrder): boolean {
  return indexedValues(fields[field]).some((each) => each.value === value);
}

/** Indexes field_values_texts, field_values_numbers. */
async function readNext(
  db: Db,
  choice: ContactChoice,
  { order, after, limit }: { order: IndexedOrder; after: Place | undefined; limit: number },
): Promise<Found[]> {
  const { put, values, condition } = chosen(choice);
  const isNumber = order.type === 'numeric';
  const by = isNumber ? 'number' : 'value';
  const [direction, beyond] = order.descending ? ['desc', '<'] : ['asc', '>'];
  const behind = ([value, id]: Place): string =>
    `(v.${by}, v.contact_id) ${beyond} (${put(value, order.type)}, ${put(id, 'bigint')})`;
  const { rows } = await db.query<Found>(
    `select ${CONTACT_COLUMNS}, v.value as sorted_by
       from (select contact_id, value, number from field_values
              where workspace_id = ${put(choice.workspaceId)} and field = ${put(order.field)}) v
       join contacts on contacts.id = v.contact_id
      where ${condition}
        and ${isNumber ? 'v.number is not null' : 'true'}
        ${after ? `and ${behind(after)}` : ''}
      order by v.${by} ${direction}, v.contact_id ${direction}
      limit ${put(limit)}`,
    values,
  );
  return rows;
}
