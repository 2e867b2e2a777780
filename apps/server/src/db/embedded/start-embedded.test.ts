import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../open-database.ts';
import { connect } from '../pool.ts';
import { isAlive, programOf } from './data-folder.ts';
import { startEmbedded, stopEmbedded, type EmbeddedOptions } from './start-embedded.ts';

// Making a database takes a second: most tests restart the same one.
let home: string;

beforeAll(async () => {
  home = await freshHome();
});

afterEach(() => stopEmbedded(join(home, 'postgres')));

afterAll(() => rm(home, { recursive: true, force: true }));

async function freshHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(folder, 0o711);
  return folder;
}

function start(options: Partial<EmbeddedOptions> = {}) {
  return startEmbedded({ folder: join(home, 'postgres'), sync: false, ...options });
}

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = await connect({ url });
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('startEmbedded', () => {
  test('makes a database, and clears away what a killed first start was still making', async () => {
    const dead = spawn(process.execPath, ['--version']);
    await new Promise((done) => dead.once('exit', done));
    const abandoned = join(home, `postgres.new-${dead.pid}`);
    await mkdir(abandoned);
    await start();
    await expect(stat(abandoned)).rejects.toThrow('ENOENT');
  });

  test('has UTF-8, byte order and UTC, and stops without a trace', async () => {
    const server = await start();
    const [row] = await ask(
      server.url,
      `select getdatabaseencoding() as encoding, datcollate as collation, datlocale as locale,
              current_setting('timezone') as zone, current_setting('jit') as jit
       from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      collation: 'C',
      locale: 'C.UTF-8',
      zone: 'UTC',
      jit: 'off',
    });
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  test('keeps the password to the account that runs the server', async () => {
    const server = await start();
    const { mode } = await stat(join(server.folder, 'perennial.password'));
    expect(mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(connect({ url: wrong.href })).rejects.toThrow('password authentication failed');
  });

  test.runIf(process.getuid?.() === 0)('runs as another account when started by root', async () => {
    const server = await start();
    const [row] = await ask<{ uid: string }>(
      server.url,
      `select substring(pg_read_file('/proc/self/status') from 'Uid:\\s+(\\d+)') as uid`,
    );
    expect(Number(row?.uid)).not.toBe(0);
  });

  test.runIf(process.getuid?.() === 0)(
    'passes through folders that only root can enter',
    async () => {
      await chmod(home, 0o700);
      onTestFinished(() => chmod(home, 0o711));
      const server = await start();
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );

  test('finds a short place for its socket when the folder has a long path', async () => {
    const folder = join(home, 'a'.repeat(100), 'postgres');
    const server = await start({ folder });
    const socketFolder = new URL(server.url).searchParams.get('host') ?? '';
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await expect(stat(socketFolder)).rejects.toThrow('ENOENT');
    await rm(join(home, 'a'.repeat(100)), { recursive: true });
  });

  test('listens on loopback when asked to', async () => {
    const server = await start({ listen: 'loopback' });
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('adopts a server that a killed program left running', async () => {
    const orphan = await start();
    await ask(orphan.url, 'create table if not exists kept as select 42 as answer');
    const server = await start();
    expect(server).toMatchObject({ adopted: true, pid: orphan.pid });
    expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('recovers from a killed server and keeps what was committed', async () => {
    const killed = await start();
    await ask(killed.url, 'create table if not exists kept as select 42 as answer');
    process.kill(killed.pid, 'SIGKILL');
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('starts beside a stale pid file whose number another program has now', async () => {
    const server = await start();
    await server.stop();
    await writeFile(
      join(server.folder, 'postmaster.pid'),
      `${process.pid}\n${server.folder}\n1\n5432\n${server.folder}\n\n`,
    );
    expect(await programOf(process.pid)).not.toBe('postgres');
    expect((await start()).adopted).toBe(false);
  });

  test('refuses the folder of another major version', async () => {
    const other = await freshHome();
    onTestFinished(() => rm(other, { recursive: true }));
    const folder = join(other, 'postgres');
    await mkdir(folder);
    await writeFile(join(folder, 'PG_VERSION'), '14\n');
    await expect(start({ folder })).rejects.toThrow(
      'belongs to PostgreSQL 14, this release brings',
    );
  });
});

describe('openDatabase on one folder', () => {
  const open = (role: 'program' | 'command') => openDatabase({ dataFolder: home, role });

  test('tells a second program who has it', async () => {
    // Both are this process here: what counts is the session that holds the lock.
    const first = await open('program');
    await expect(open('program')).rejects.toThrow(
      `already running on the data folder ${home}, as process ${process.pid}`,
    );
    await first.close();
    const next = await open('program');
    await next.close();
  });

  test('lets a command share the database of a running program, and leaves it running', async () => {
    const program = await open('program');
    const command = await open('command');
    await command.close();
    expect((await program.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await program.close();
  });

  test('stops the server after a command that found none running', async () => {
    const command = await open('command');
    const pid = command.embedded?.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    await command.close();
    expect(isAlive(pid)).toBe(false);
  });

  test('holds on to the folder when the server restarts underneath', async () => {
    const lost: Error[] = [];
    const program = await openDatabase({
      dataFolder: home,
      role: 'program',
      onLost: (error) => lost.push(error),
    });
    onTestFinished(() => program.close());
    const pid = Number(
      (await program.pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid,
    );
    // A backend that dies badly makes the server end all sessions and recover.
    process.kill(pid, 'SIGKILL');
    await expect
      .poll(() => holders(program.pool), { timeout: 15_000, interval: 50 })
      .toBe(`perennial program ${process.pid}`);
    expect(lost).toEqual([]);
  });
});

async function holders(pool: Awaited<ReturnType<typeof openDatabase>>['pool']) {
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select application_name as name from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory'`,
    );
    return rows[0]?.name;
  } catch {
    return 'recovering';
  }
}
