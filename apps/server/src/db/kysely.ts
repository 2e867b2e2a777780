import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
} from 'kysely';
import type { Db, Result } from './pool.ts';

/**
 * A query builder that only writes SQL; `runQuery` sends it through the pool or the transaction
 * at hand, so that built and hand-written statements share one connection.
 */
export function queryBuilder<Schema>(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

export async function runQuery<Row extends object>(
  db: Db,
  query: Compilable<Row>,
): Promise<Result<Row>> {
  const { sql, parameters } = query.compile();
  return db.query<Row>(sql, [...parameters]);
}
