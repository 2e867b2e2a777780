export { copyIn, copyOut } from './copy.ts';
export { queryBuilder, runQuery } from './kysely.ts';
export { migrate, migrationsFolder, readMigrations, schemaVersion } from './migrate.ts';
export type { Migration } from './migrate.ts';
export { connect, createPool, quoteName, quoteText, sqlState } from './pool.ts';
export type { Client, Connection, Db, NamedStatement, Pool, Result, Tx } from './pool.ts';
export { inTransaction } from './transaction.ts';
export type { TransactionOptions } from './transaction.ts';
