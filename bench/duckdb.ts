import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { BenchDatabase } from './database.ts';

/** The events of the database in a DuckDB of one file, a column store: what a scan can cost. */
export async function copyToDuckDb(
  { pool }: BenchDatabase,
  { folder }: { folder: string },
): Promise<DuckDBConnection> {
  // The database server, another user, writes into it.
  await chmod(folder, 0o777);
  const instance = await DuckDBInstance.create(join(folder, 'events.duckdb'), { threads: '2' });
  const connection = await instance.connect();
  const made = await connection.runAndReadAll(
    `select count(*) from information_schema.tables where table_name = 'events'`,
  );
  if (made.getRows()[0]![0] === 1n) return connection;
  const file = join(folder, 'events.csv');
  await pool.query(
    `copy (select contact_id, t.key, extract(epoch from occurred_at) * 1000, params
             from events e join event_types t on t.id = e.event_type_id) to '${file}' (format csv)`,
  );
  await connection.run(
    `create table events as
     select column0::bigint as contact_id, column1 as type, (column2::double)::bigint as ms, column3::json as params
       from read_csv('${file}', header = false, all_varchar = true)`,
  );
  return connection;
}
