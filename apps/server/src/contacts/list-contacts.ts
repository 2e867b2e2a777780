import type { Db } from '../db/index.ts';
import { chosen, type ContactChoice } from './choose-contacts.ts';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.ts';
import { listByIndex } from './field-index/list-by-index.ts';
import type { Put } from './filter/statement.ts';
import { sortingOf, type Order, type Sorting } from './sort-contacts.ts';

/** The last contact of a page: the value it was sorted by, and its ID. */
export type Position = [value: string | null, id: number];

export interface ListOptions extends ContactChoice {
  order: Order;
  after?: Position | undefined;
  limit: number;
}

/** Where a page that ends with this contact goes on. */
export function positionOf(row: ContactRow, order: Order): Position {
  return [sortingOf(order)?.valueOf(row) ?? null, row.id];
}

export async function listContacts(db: Db, options: ListOptions): Promise<ContactRow[]> {
  const { order, after, limit } = options;
  const sorting = sortingOf(order);
  if (!sorting) return listById(db, options, { descending: order.descending });
  const isPastValues = after !== undefined && after[0] === null;
  const valued = isPastValues ? [] : await listValued(db, options, sorting);
  if (valued.length >= limit) return valued;
  const empty = await listById(
    db,
    { ...options, after: isPastValues ? after : undefined, limit: limit - valued.length },
    { descending: true, extra: (put) => `${sorting.expression(put)} is null` },
  );
  return [...valued, ...empty];
}

/** Those that have a value to be sorted by. */
function listValued(db: Db, options: ListOptions, sorting: Sorting): Promise<ContactRow[]> {
  const { order, after, limit } = options;
  const { by, descending } = order;
  if (typeof by === 'string' || !by.indexed) return listByValue(db, options, sorting);
  return listByIndex(db, options, {
    order: { ...by, descending },
    after: after && [after[0]!, after[1]],
    limit,
  });
}

/** IDs are given in the order of creation. Indexes: contacts_identified, contacts_of_workspace. */
async function listById(
  db: Db,
  options: ListOptions,
  { descending, extra }: { descending: boolean; extra?: (put: Put) => string },
): Promise<ContactRow[]> {
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { put, values, condition } = chosen(options);
  const after = options.after?.[1];
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where ${condition}
        ${extra ? `and ${extra(put)}` : ''}
        ${after === undefined ? '' : `and id ${beyond} ${put(after)}`}
      order by id ${direction}
      limit ${put(options.limit)}`,
    values,
  );
  return rows;
}

/** Indexes: contacts_email, contacts_external_id, contacts_name; none for instants and custom fields without an index of their own. */
async function listByValue(
  db: Db,
  options: ListOptions,
  { expression, type, up, down }: Sorting,
): Promise<ContactRow[]> {
  const { descending } = options.order;
  const { first, beyond, atOrBeyond } = descending ? down : up;
  const [beyondId, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { put, values, condition } = chosen(options);
  const value = expression(put);
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where ${value} is not null and ${condition}
        ${options.after ? `and ${behind(options.after)}` : ''}
      order by ${value} using ${first}, id ${direction}
      limit ${put(options.limit)}`,
    values,
  );
  return rows;

  function behind([last, id]: Position): string {
    const at = put(last, type);
    return `(${value} ${atOrBeyond} ${at} and (${value} ${beyond} ${at} or id ${beyondId} ${put(id)}))`;
  }
}
