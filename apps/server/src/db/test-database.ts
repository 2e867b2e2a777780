import { randomBytes } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { connect, createPool, quoteName, type Pool } from './pool.ts';
import type { CloneStrategy } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that has all migrations and no rows; set by the global setup. */
    templateUrl: string;
    cloneStrategy: CloneStrategy;
  }
}

export interface TestDatabase {
  pool: Pool;
  url: string;
}

/**
 * A database of its own for a test file, with all migrations and no rows. Call it at the top of
 * the file or in `beforeAll`; it is dropped after the file's last test.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await cloneDatabase();
  afterAll(() => database.drop());
  return { pool: database.pool, url: database.url };
}

/** The same without vitest's hooks, for tests that need several and say when each ends. */
export async function cloneDatabase({ empty }: { empty?: boolean } = {}): Promise<
  TestDatabase & { drop(): Promise<void> }
> {
  const template = new URL(inject('templateUrl'));
  const name = `perennial_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  const source = empty ? 'template0' : template.pathname.slice(1);
  await administer(
    `create database ${quoteName(name)} template ${quoteName(source)} strategy ${inject('cloneStrategy')}`,
  );
  const url = new URL(template);
  url.pathname = `/${name}`;
  const pool = createPool({ url: url.href, max: 10, name: 'test' });
  return {
    pool,
    url: url.href,
    drop: async () => {
      await pool.end();
      await administer(`drop database ${quoteName(name)} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const url = new URL(inject('templateUrl'));
  // Not the template itself: it can be cloned only while nobody is connected to it.
  url.pathname = '/postgres';
  const client = await connect({ url: url.href, name: 'test administration' });
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
