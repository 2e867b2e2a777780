import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ensurePartitions } from '../db/partitions.ts';
import { migrate } from '../db/migrate.ts';
import type { Pool } from '../db/pool.ts';
import { cloneDatabase, testDatabase } from '../db/test-database.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const now = new Date('2026-05-06T07:08:09.123Z');
const fingerprint = 'f'.repeat(64);

const { pool } = await testDatabase();
let home: string;
let path: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'backup-'));
  path = join(home, 'backup.perennial');
  await ensurePartitions(pool, { now });
  await pool.query(
    'insert into installation (slots, secret_fingerprint, created_at) values (64, $1, $2)',
    [fingerprint, now],
  );
  await pool.query(
    `insert into workspaces (slug, name, settings, created_at)
     values ('gym', E'Gym \\\\ "one"\\n\\ttwo', '{"a": [1, null, "x"]}', $1), ('cafe', 'Ü', '{}', $1)`,
    [now],
  );
  await pool.query(
    `insert into keys (workspace_id, kind, token_hash, shown, rights, created_at)
     values (1, 'rest', $1, 'abc', array['contacts.read', NULL, 'NULL', '{"}'], $2)`,
    [Buffer.from([0, 10, 92, 255]), now],
  );
  await pool.query(
    `insert into events (contact_id, id, event_type_id, occurred_at, received_at, workspace_id,
                         source, params)
     select n, nextval('event_ids'), 1, $1::timestamptz - n * interval '3 hours', $1, 1, 'test',
            jsonb_build_object('n', n, 'text', repeat('äöü ', 20))
     from generate_series(1, 20000) as n`,
    [now],
  );
  await writeBackup(pool, { path, now });
});

afterAll(() => rm(home, { recursive: true }));

async function emptyDatabase(): Promise<Pool> {
  const database = await cloneDatabase({ empty: true });
  onTestFinished(() => database.drop());
  return database.pool;
}

function restore(into: Pool, from = path) {
  return restoreBackup(into, { path: from, fingerprint, now });
}

/** A line for each row of each table, in an order of its own. */
async function contents(db: Pool): Promise<Record<string, string[]>> {
  const { rows } = await db.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and relname <> 'schema_migrations'`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of rows) {
    const lines = await db.query<{ line: string }>(`select t::text as line from ${name} as t`);
    found[name] = lines.rows.map(({ line }) => line).sort();
  }
  return found;
}

describe('restoreBackup', () => {
  test('gives back every row, in its partition, and every sequence', async () => {
    const target = await emptyDatabase();
    await restore(target);
    expect(await contents(target)).toEqual(await contents(pool));
    const next = await target.query(
      `insert into workspaces (slug, name, created_at) values ('next', 'Next', $1)
       returning id, nextval('event_ids') as event`,
      [now],
    );
    expect(next.rows).toEqual([{ id: 3, event: 20_001 }]);
  });

  test('restores into a database that is migrated but holds no rows', async () => {
    const target = await emptyDatabase();
    await migrate(target, { now });
    const { tables } = await restore(target);
    expect(tables.find(({ table }) => table === 'events')?.rows).toBe(20_000);
  });

  test('refuses a database that holds rows', async () => {
    const target = await emptyDatabase();
    await restore(target);
    await expect(restore(target)).rejects.toThrow(/not empty \(table \w+ has rows\)/);
  });

  test('refuses another secret and says what to do', async () => {
    const target = await emptyDatabase();
    const attempt = restoreBackup(target, { path, fingerprint: 'e'.repeat(64), now });
    await expect(attempt).rejects.toThrow('Set PERENNIAL_SECRET to what "perennial secret" prints');
  });

  test('writes nothing from a file that was cut off', async () => {
    const target = await emptyDatabase();
    const cut = join(home, 'cut.perennial');
    const whole = await readFile(path);
    for (const length of [whole.length - 1, whole.length - 40, Math.floor(whole.length / 2), 200]) {
      await writeFile(cut, whole);
      await truncate(cut, length);
      await expect(restore(target, cut)).rejects.toThrow('The backup file is damaged');
    }
    expect(await contents(target)).toEqual({});
  });

  test('never restores anything else from a file with a flipped bit, wherever it is', async () => {
    let target = await emptyDatabase();
    const flipped = join(home, 'flipped.perennial');
    const whole = await readFile(path);
    for (let at = 25; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const copy = Buffer.from(whole);
      copy[at] = copy.readUInt8(at) ^ 4;
      await writeFile(flipped, copy);
      const problem = await restore(target, flipped).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (problem === undefined) {
        // A few bits of the compression's head mean nothing: then everything must be as it was.
        expect(await contents(target), `byte ${at}`).toEqual(await contents(pool));
        target = await emptyDatabase();
      } else expect(problem, `byte ${at}`).toContain('The backup file is damaged');
    }
    // Tables may have been made, as for any file that is whole as far as it was read; rows were not.
    expect(Object.values(await contents(target)).flat()).toEqual([]);
  });

  test('refuses a file of another kind', async () => {
    const other = join(home, 'other.txt');
    await writeFile(other, 'dear diary, this is not a backup');
    await expect(restore(await emptyDatabase(), other)).rejects.toThrow('is not a backup');
  });
});

describe('writeBackup', () => {
  test('shows one instant, whatever is written meanwhile', async () => {
    const moving = join(home, 'moving.perennial');
    const writing = writeBackup(pool, { path: moving, now });
    for (let round = 0; round < 5; round += 1) {
      // Each round writes to the first and the last table, or to neither.
      await pool.query(
        `with w as (insert into workspaces (slug, name, created_at)
                    values ('moving-' || $1, '', $2) returning id)
         insert into addresses (contact_id, channel, address, workspace_id, state, state_at, source)
         select id, 'email', 'a' || $1, id, 'subscribed', $2, 'test' from w`,
        [round, now],
      );
    }
    await writing;
    const target = await emptyDatabase();
    await restore(target, moving);
    const found = await contents(target);
    const moved = found['workspaces']?.filter((line) => line.includes('moving-'));
    expect(found['addresses']).toHaveLength(moved?.length ?? -1);
    await pool.query(`delete from addresses`);
    await pool.query(`delete from workspaces where slug like 'moving-%'`);
  });

  test('leaves the earlier file as it was, and no half one, when it fails', async () => {
    const folder = await mkdtemp(join(home, 'failing-'));
    const target = join(folder, 'backup.perennial');
    await writeFile(target, 'the earlier one');
    const blocker = await pool.connect();
    await blocker.query('begin; lock table workflow_versions in access exclusive mode');
    const writing = writeBackup(pool, { path: target, now });
    const outcome = writing.then(
      () => 'written',
      (error: Error) => error,
    );
    // Backups read tables in order: this one has written some and waits for the locked one.
    const end = `select pg_terminate_backend(pid) from pg_locks
      where not granted and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await pool.query(end)).rowCount).toBe(1);
    await blocker.query('rollback');
    blocker.release();
    expect(await outcome).toBeInstanceOf(Error);
    expect(await readdir(folder)).toEqual(['backup.perennial']);
    expect(await readFile(target, 'utf8')).toBe('the earlier one');
  });
});
