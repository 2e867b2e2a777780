import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from './test-database.ts';
import { inTransaction } from './transaction.ts';

const { pool } = await testDatabase();

beforeAll(async () => {
  await pool.query('create table counters (id int primary key, value int not null)');
  await pool.query('insert into counters values (1, 0), (2, 0)');
});

async function value(id: number): Promise<number | undefined> {
  const { rows } = await pool.query<{ value: number }>('select value from counters where id = $1', [
    id,
  ]);
  return rows[0]?.value;
}

describe('inTransaction', () => {
  test('commits what was done and hands on what the act returned', async () => {
    const before = (await value(1)) ?? 0;
    const outcome = await inTransaction(pool, async (tx) => {
      await tx.query('update counters set value = value + 1 where id = 1');
      return 'done';
    });
    expect(outcome).toBe('done');
    expect(await value(1)).toBe(before + 1);
  });

  test('rolls back and throws what the act threw', async () => {
    const before = await value(1);
    const act = inTransaction(pool, async (tx) => {
      await tx.query('update counters set value = value + 100 where id = 1');
      throw new Error('changed my mind');
    });
    await expect(act).rejects.toThrow('changed my mind');
    expect(await value(1)).toBe(before);
  });

  test('repeats the one that a deadlock chose as its victim', async () => {
    const meeting = { waiting: 0, open: Promise.withResolvers<void>() };
    let attempts = 0;
    // Only one of the two looks for a deadlock soon: if both did, both might be its victims.
    const step = (from: number, to: number, lookAfter: string): Promise<void> =>
      inTransaction(
        pool,
        async (tx) => {
          attempts += 1;
          await tx.query(`set local deadlock_timeout = '${lookAfter}'`);
          await tx.query('update counters set value = value + 1 where id = $1', [from]);
          meeting.waiting += 1;
          if (meeting.waiting === 2) meeting.open.resolve();
          await meeting.open.promise;
          await tx.query('update counters set value = value + 1 where id = $1', [to]);
        },
        { retries: 3 },
      );
    const before = [await value(1), await value(2)];
    await Promise.all([step(1, 2, '20ms'), step(2, 1, '1h')]);
    expect(attempts).toBe(3);
    expect([await value(1), await value(2)]).toEqual(before.map((count) => (count ?? 0) + 2));
  });

  test('gives up a connection that broke instead of returning it to the pool', async () => {
    const act = inTransaction(pool, async (tx) => {
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(act).rejects.toThrow();
    expect(await value(1)).toBeTypeOf('number');
  });
});
