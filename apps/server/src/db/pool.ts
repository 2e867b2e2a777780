import pg from 'pg';

/** The rows a statement gave back, and how many it touched. */
export interface Result<Row> {
  rows: Row[];
  rowCount: number | null;
}

/** A statement with a name is parsed and planned once per connection. */
export interface NamedStatement {
  name?: string;
  text: string;
  values?: unknown[];
}

/** Whatever can run a statement: the pool, or the connection of a transaction. */
export interface Db {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<Result<Row>>;
  query<Row extends object = Record<string, unknown>>(
    statement: NamedStatement,
  ): Promise<Result<Row>>;
}

export type Pool = pg.Pool;

/** One connection taken from the pool; `copy.ts` and notifications need the real thing. */
export type Connection = pg.PoolClient;

/** A connection with an open transaction. Only `inTransaction` makes one. */
export type Tx = Connection;

/** A connection outside of any pool. */
export type Client = pg.Client;

export interface PoolOptions {
  url: string;
  /** Most connections this pool opens. */
  max?: number;
  /**
   * How many it does not close again: whoever looks every half minute need not connect anew for it,
   * which costs both sides more than the look.
   */
  keep?: number;
  /** Shown in `pg_stat_activity`. */
  name?: string;
}

// Instants travel as UTC text, so the process's own zone never matters.
pg.defaults.parseInputDatesAsUTC = true;

const oid = { int8: 20, date: 1082, int8Array: 1016, dateArray: 1182 } as const;

/**
 * How values come back: int8 as number (ids stay below 2^53), timestamptz as Date, numeric as
 * string, date as string (a calendar day has no instant), json parsed.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    format === 'binary'
      ? pg.types.getTypeParser(id, 'binary')
      : textParser(id)) as typeof pg.types.getTypeParser,
};

function textParser(id: number): (text: string) => unknown {
  if (id === oid.int8) return parseInt8;
  if (id === oid.date) return asText;
  if (id === oid.int8Array) return (text) => parseArray(text, parseInt8);
  if (id === oid.dateArray) return (text) => parseArray(text, asText);
  return pg.types.getTypeParser(id, 'text');
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is outside of 2^53`);
  return value;
}

function asText(text: string): string {
  return text;
}

function parseArray<Item>(text: string, parse: (item: string) => Item): (Item | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : parse(item)));
}

export function createPool({ url, max = 10, keep = 1, name = 'perennial' }: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    min: keep,
    types,
    application_name: name,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener Node.js would
  // end the program. The statement that next needs the database reports what is wrong.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A connection of its own, for what lives as long as the session: locks, `listen`, COPY. */
export async function connect({ url, name = 'perennial' }: PoolOptions): Promise<Client> {
  const client = new pg.Client({
    connectionString: url,
    types,
    application_name: name,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
  });
  await client.connect();
  return client;
}

/**
 * Contact IDs as a value of `bigint[]`. The driver escapes arrays number by number, and a million of
 * them would keep the thread for a third of a second.
 */
export function idArray(ids: readonly number[]): string {
  return `{${ids.join(',')}}`;
}

/** The SQLSTATE of an error that came from PostgreSQL. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Quotes a table, column or database name. */
export const quoteName: (name: string) => string = pg.escapeIdentifier;
export const quoteText: (text: string) => string = pg.escapeLiteral;
