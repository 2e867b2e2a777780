import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { hear } from './hear.ts';
import { testDatabase } from './test-database.ts';

const { pool, url } = await testDatabase();

const AGAIN_AFTER_MS = 100;

async function listener() {
  const heard: string[] = [];
  const errors: unknown[] = [];
  const name = `test listener ${Math.random()}`;
  const hearing = await hear(
    { url, name, onError: (cause) => errors.push(cause), againAfterMs: AGAIN_AFTER_MS },
    {
      one: (payload) => heard.push(`one ${payload}`),
      two: (payload) => heard.push(`two ${payload}`),
    },
  );
  onTestFinished(() => hearing.end());
  const listening = async (): Promise<number> => {
    const { rows } = await pool.query('select from pg_stat_activity where application_name = $1', [
      name,
    ]);
    return rows.length;
  };
  const breakIt = () =>
    pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [name],
    );
  return { heard, errors, hearing, listening, breakIt };
}

test('each channel calls its own, with what it was told', async () => {
  const { heard, errors } = await listener();
  await pool.query(`notify two, 'x'`);
  await pool.query('notify three');
  await pool.query('notify one');
  await expect.poll(() => heard).toEqual(['two x', 'one ']);
  expect(errors).toEqual([]);
});

test('a connection that breaks is opened again, and everybody is called then', async () => {
  const { heard, errors, breakIt } = await listener();
  await breakIt();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['one undefined', 'two undefined']);
  expect(errors.length).toBeGreaterThan(0);
  await pool.query(`notify one, 'again'`);
  await expect.poll(() => heard).toContain('one again');
});

test('ended while it is broken, or is being opened again, it stays so', async () => {
  for (const afterMs of [0, AGAIN_AFTER_MS, AGAIN_AFTER_MS + 3]) {
    const { hearing, breakIt, listening, heard } = await listener();
    await breakIt();
    await expect.poll(listening).toBe(0);
    await pause(afterMs);
    await hearing.end();
    const rung = heard.length;
    await pause(AGAIN_AFTER_MS * 3);
    expect(await listening()).toBe(0);
    expect(heard).toHaveLength(rung);
  }
});
