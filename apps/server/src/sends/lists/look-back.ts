import { idSince, inTransaction, type Db, type Pool, type Tx } from '../../db/index.ts';

/** So many rows are looked at in one answer, whatever is asked and however few of them fit. */
export const MOST_LOOKED = 20_000;

/** IDs are given a little later than the instants at which rows are made: after this they are in order. */
const ORDER_SLACK_MS = 3_600_000;

/** IDs from `begin` up to `end`, which is excluded. */
export interface Stretch {
  begin: number;
  end: number;
}

interface Period {
  workspaceId: number;
  from?: Date | undefined;
  until?: Date | undefined;
}

/** In which IDs everything lies that was made in the period. Indexes sends_newest, deliveries_newest, a row a step. */
export async function stretchOf(
  db: Db,
  table: 'sends' | 'deliveries',
  { workspaceId, from, until }: Period,
): Promise<Stretch> {
  const whole = { begin: 0, end: Number.MAX_SAFE_INTEGER };
  if (!from && !until) return whole;
  const edges = await edgesOf(db, table, workspaceId);
  if (!edges) return whole;
  const next = (id: number) => firstFrom(db, table, { workspaceId, id });
  const since = (at: number) => idSince(new Date(at), { ...edges, next });
  return {
    begin: from ? await since(from.getTime() - ORDER_SLACK_MS) : whole.begin,
    end: until ? await since(until.getTime() + ORDER_SLACK_MS) : whole.end,
  };
}

async function edgesOf(
  db: Db,
  table: 'sends' | 'deliveries',
  workspaceId: number,
): Promise<{ first: number; last: number } | undefined> {
  const { rows } = await db.query<{ first: number | null; last: number | null }>(
    `select (select id from ${table} where workspace_id = $1 order by id limit 1) as first,
            (select id from ${table} where workspace_id = $1 order by id desc limit 1) as last`,
    [workspaceId],
  );
  const { first, last } = rows[0]!;
  return first === null || last === null ? undefined : { first, last };
}

async function firstFrom(
  db: Db,
  table: 'sends' | 'deliveries',
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<{ id: number; at: Date } | undefined> {
  const { rows } = await db.query<{ id: number; at: Date }>({
    name: `first_of_${table}_from`,
    text: `select id, created_at as at from ${table} where workspace_id = $1 and id >= $2 order by id limit 1`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/** A page of a list, and how far it looked for it. */
export interface LookedPage<Row> {
  rows: Row[];
  /** Where the next look begins; undefined: there is no more. */
  next: number[] | undefined;
  /** What is older was not looked at yet. */
  lookedUntil: Date | null;
}

/** What is looked for is not there at all. */
export function nothingThere<Row>(): LookedPage<Row> {
  return { rows: [], next: undefined, lookedUntil: null };
}

/** A page and how far it looked are of one snapshot: between two, what comes or goes would move the edge. */
export function atOneInstant<Row>(
  db: Pool,
  look: (tx: Tx) => Promise<LookedPage<Row>>,
): Promise<LookedPage<Row>> {
  return inTransaction(db, look, { isolation: 'repeatable read', readOnly: true });
}

/**
 * The page of rows of which one more than `limit` were asked for. Where fewer fitted, `edge` says where the look
 * stopped, if it did before the end.
 */
export async function lookedPage<Row>(
  found: Row[],
  {
    limit,
    position,
    edge,
  }: {
    limit: number;
    position: (row: Row) => number[];
    edge: () => Promise<{ next: number[]; at: Date } | undefined>;
  },
): Promise<LookedPage<Row>> {
  const rows = found.slice(0, limit);
  if (found.length > limit) return { rows, next: position(rows.at(-1)!), lookedUntil: null };
  const stopped = await edge();
  return { rows, next: stopped?.next, lookedUntil: stopped?.at ?? null };
}
