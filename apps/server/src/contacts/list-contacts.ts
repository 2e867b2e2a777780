import type { ContactSort } from '@perennial/contracts';
import type { Db } from '../db/index.ts';
import { CONTACT_COLUMNS, type ContactRow } from './contact-row.ts';

export interface Order {
  by: ContactSort;
  descending: boolean;
}

/** The last contact of a page: the value it was sorted by, and its ID. */
export type Position = [value: string | null, id: number];

export interface ListOptions {
  workspaceId: number;
  /** Only contacts with an external ID, e-mail or phone. */
  identified: boolean;
  /** Only these. */
  among?: number[] | undefined;
  order: Order;
  after?: Position | undefined;
  limit: number;
}

/** How a list is sorted by a column: contacts without a value come last, newest first. */
interface Sorting {
  column: string;
  type: 'text' | 'timestamptz';
  valueOf: (row: ContactRow) => string | null;
  up: Direction;
  down: Direction;
}

interface Direction {
  /** Sorts, and so names the order. */
  first: string;
  beyond: string;
  atOrBeyond: string;
}

/** Texts are compared by bytes, as their indexes are. */
const text = {
  type: 'text',
  up: { first: '~<~', beyond: '~>~', atOrBeyond: '~>=~' },
  down: { first: '~>~', beyond: '~<~', atOrBeyond: '~<=~' },
} as const;
const time = {
  type: 'timestamptz',
  up: { first: '<', beyond: '>', atOrBeyond: '>=' },
  down: { first: '>', beyond: '<', atOrBeyond: '<=' },
} as const;

const SORTINGS: Record<Exclude<ContactSort, 'created_at'>, Sorting> = {
  email: { ...text, column: 'email', valueOf: (row) => row.email },
  external_id: { ...text, column: 'external_id', valueOf: (row) => row.external_id },
  name: { ...text, column: 'name_key', valueOf: (row) => row.name_key },
  last_seen_at: {
    ...time,
    column: 'last_seen_at',
    valueOf: (row) => row.last_seen_at?.toISOString() ?? null,
  },
  updated_at: { ...time, column: 'updated_at', valueOf: (row) => row.updated_at.toISOString() },
};

/** No index holds what every batch changes: sorting by these reads all contacts. */
export function readsAll({ by }: Order): boolean {
  return by === 'last_seen_at' || by === 'updated_at';
}

/** Where a page that ends with this contact goes on. */
export function positionOf(row: ContactRow, { by }: Order): Position {
  return [by === 'created_at' ? null : SORTINGS[by].valueOf(row), row.id];
}

export async function listContacts(db: Db, options: ListOptions): Promise<ContactRow[]> {
  const { order, after, limit } = options;
  if (order.by === 'created_at') return listById(db, options, { descending: order.descending });
  const sorting = SORTINGS[order.by];
  const isPastValues = after !== undefined && after[0] === null;
  const valued = isPastValues ? [] : await listByValue(db, options, sorting);
  if (valued.length >= limit) return valued;
  const empty = await listById(
    db,
    { ...options, after: isPastValues ? after : undefined, limit: limit - valued.length },
    { descending: true, condition: `${sorting.column} is null` },
  );
  return [...valued, ...empty];
}

/** IDs are given in the order of creation. Indexes: contacts_identified, contacts_of_workspace. */
async function listById(
  db: Db,
  options: ListOptions,
  { descending, condition = 'true' }: { descending: boolean; condition?: string },
): Promise<ContactRow[]> {
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where ${condition} and ${commonConditions(options)}
        and ($3::bigint is null or id ${beyond} $3)
      order by id ${direction}
      limit $4`,
    [options.workspaceId, options.among ?? null, options.after?.[1] ?? null, options.limit],
  );
  return rows;
}

/** Indexes: contacts_email, contacts_external_id, contacts_name; none for instants. */
async function listByValue(
  db: Db,
  options: ListOptions,
  { column, type, up, down }: Sorting,
): Promise<ContactRow[]> {
  const { descending } = options.order;
  const { first, beyond, atOrBeyond } = descending ? down : up;
  const [beyondId, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  const { rows } = await db.query<ContactRow>(
    `select ${CONTACT_COLUMNS} from contacts
      where ${column} is not null and ${commonConditions(options)}
        and ($3::${type} is null
          or (${column} ${atOrBeyond} $3 and (${column} ${beyond} $3 or id ${beyondId} $4)))
      order by ${column} using ${first}, id ${direction}
      limit $5`,
    [
      options.workspaceId,
      options.among ?? null,
      options.after?.[0] ?? null,
      options.after?.[1] ?? null,
      options.limit,
    ],
  );
  return rows;
}

/** Written so that the planner sees which partial index will do. */
function commonConditions({ identified, among }: ListOptions): string {
  const found = among ? 'id = any($2)' : '$2::bigint[] is null';
  return `workspace_id = $1 and deleted_at is null and ${found}${identified ? ` and ${IDENTIFIED}` : ''}`;
}

export const IDENTIFIED = '(external_id is not null or email is not null or phone is not null)';
