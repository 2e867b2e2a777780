import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readTestConfig } from '../config.ts';
import { isAlive } from '../db/embedded/data-folder.ts';
import { readPostmaster } from '../db/embedded/postmaster.ts';
import { startEmbedded, stopEmbedded } from '../db/embedded/start-embedded.ts';
import { testDatabase } from '../db/test-database.ts';
import { serverFolder } from '../server-folder.ts';

/** As `npm start` runs it; `npm test` builds it. */
const cli = fileURLToPath(new URL('dist/cli.js', serverFolder));

type Environment = Record<string, string>;

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function launch(args: string[], env: Environment) {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...readTestConfig().programEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => done({ code, out, err }));
  });
  return { child, ended };
}

function perennial(args: string[], env: Environment): Promise<Ended> {
  return launch(args, env).ended;
}

/** A running program; resolves when it serves. */
async function startProgram(env: Environment): Promise<{ child: ChildProcess; url: string }> {
  const { child, ended } = launch(['start'], { PORT: '0', PERENNIAL_SAMPLE: '0', ...env });
  const url = new Promise<string>((done) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = /Perennial runs at (http:\S+)\n/.exec(text);
      if (match?.[1]) done(match[1]);
    });
  });
  const early = ended.then(({ out, err }) => {
    throw new Error(`The program ended:\n${out}${err}`);
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, url: await Promise.race([url, early]) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const code = new Promise<number | null>((done) => child.once('exit', done));
  child.kill(signal);
  return code;
}

describe('commands on a database of your own', async () => {
  const { url, pool } = await testDatabase();
  const env = { DATABASE_URL: url, PERENNIAL_SECRET: 'a secret for these tests' };

  test('make a workspace, a key and a user', async () => {
    const workspace = await perennial(
      ['workspaces', 'create', '--slug', 'gym', '--name', 'Gym', '--json'],
      env,
    );
    expect(workspace.code, workspace.err).toBe(0);
    expect(JSON.parse(workspace.out)).toMatchObject({ slug: 'gym', name: 'Gym' });

    const key = await perennial(['keys', 'create', '--workspace', 'gym', '--kind', 'write'], env);
    expect(key.out).toMatch(/^per_write_\S+\n$/);

    const invited = await perennial(
      ['users', 'create', '--email', 'Ann@example.com', '--role', 'marketer', '--json'],
      env,
    );
    expect(JSON.parse(invited.out)).toMatchObject({
      email: 'ann@example.com',
      link: expect.stringContaining('http://127.0.0.1:7070/'),
    });
    const { rows } = await pool.query(
      `select role, slug from user_roles join workspaces on workspaces.id = workspace_id`,
    );
    expect(rows).toEqual([{ role: 'marketer', slug: 'gym' }]);
  });

  test('take the password of a user from the environment', async () => {
    const created = await perennial(
      ['users', 'create', '--email', 'b@example.com', '--role', 'admin'],
      {
        ...env,
        PERENNIAL_PASSWORD: 'correct horse battery staple',
      },
    );
    expect(created.out).not.toContain('link');
    const { rows } = await pool.query<{ hash: string }>(
      `select password_hash as hash from users where email = 'b@example.com'`,
    );
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$/);
  });

  test.each([
    [
      ['keys', 'create', '--workspace', 'nowhere', '--kind', 'rest'],
      'There is no workspace nowhere',
    ],
    [['restore', '/no/such/file'], 'ENOENT'],
  ])('answer 1 when they fail: %j', async (args, message) => {
    const { code, err, out } = await perennial(args, env);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });

  test.each([
    [['launch'], "unknown command 'launch'"],
    [['backup'], "missing required argument 'file'"],
    [['keys', 'create', '--workspace', 'gym', '--kind', 'golden'], 'Allowed choices are'],
    [
      ['keys', 'create', '--workspace', 'gym', '--kind', 'rest', '--rights', 'all'],
      'There is no right all',
    ],
    [['workspaces', 'create', '--slug', 'The Gym', '--name', 'Gym'], 'slug'],
  ])('answer 2 when they are used wrongly: %j', async (args, message) => {
    const { code, err } = await perennial(args, env);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('explain themselves whatever the environment holds', async () => {
    const { code, out } = await perennial(['restore', '--help'], { PORT: 'many' });
    expect(code).toBe(0);
    expect(out).toContain('Usage: perennial restore');
  });

  test('refuse another secret than the one the database was made with', async () => {
    const { code, err } = await perennial(['backup', '/tmp/never-written'], {
      ...env,
      PERENNIAL_SECRET: 'another secret for these tests',
    });
    expect(code).toBe(1);
    expect(err).toContain('made with another secret');
  });

  test('doctor tells what it runs on and hides the password', async () => {
    const { out } = await perennial(['doctor', '--json'], env);
    expect(JSON.parse(out)).toMatchObject({ pendingMigrations: [], node: process.version });
    expect(out).not.toContain(new URL(url).password);
  });
});

describe('on a data folder', () => {
  let home: string;
  let env: Environment;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'cli-'));
    await chmod(home, 0o711);
    env = { PERENNIAL_DATA: join(home, 'data') };
  });

  afterAll(async () => {
    for (const folder of ['data', 'restored']) await stopEmbedded(join(home, folder, 'postgres'));
    await stopEmbedded(join(home, 'external'));
    await rm(home, { recursive: true, force: true });
  });

  test(
    'one program at a time, killed or stopped, and commands beside it',
    { timeout: 180_000 },
    async () => {
      const first = await startProgram(env);
      const second = await perennial(['start'], { ...env, PORT: '0' });
      expect(second.code).toBe(1);
      expect(second.err).toContain(
        `already running on the data folder ${env['PERENNIAL_DATA']}, as process ${first.child.pid}`,
      );
      const command = ['workspaces', 'create', '--slug', 'kept', '--name', 'Kept'];
      expect(await perennial(command, env)).toMatchObject({ code: 0 });

      await end(first.child, 'SIGKILL');
      const server = await readPostmaster(join(home, 'data/postgres'));
      expect(isAlive(server?.pid ?? 0)).toBe(true);

      const next = await startProgram(env);
      expect((await fetch(`${next.url}/healthz`)).status).toBe(200);
      expect(await perennial(command, env)).toMatchObject({
        code: 1,
        err: expect.stringContaining('There is a workspace "kept" already'),
      });
      expect(await end(next.child, 'SIGTERM')).toBe(0);
      expect(isAlive(server?.pid ?? 0)).toBe(false);
    },
  );

  test(
    'a backup goes to another folder and to a database of your own',
    { timeout: 180_000 },
    async () => {
      await perennial(['workspaces', 'create', '--slug', 'moving', '--name', 'Moving'], env);
      const file = join(home, 'moving.perennial');
      expect(await perennial(['backup', file], env)).toMatchObject({ code: 0 });
      const secret = (await perennial(['secret'], env)).out.trim();

      const restored = { PERENNIAL_DATA: join(home, 'restored') };
      expect(await perennial(['restore', file], restored)).toMatchObject({
        code: 1,
        err: expect.stringContaining('A backup is restored together with its secret'),
      });
      const withSecret = { ...restored, PERENNIAL_SECRET: secret };
      expect(await perennial(['restore', file], withSecret)).toMatchObject({ code: 0 });
      // From now on the folder has the secret.
      const again = join(home, 'again.perennial');
      expect(await perennial(['backup', again], restored)).toMatchObject({ code: 0 });

      const external = await startEmbedded({
        folder: join(home, 'external'),
        listen: 'loopback',
        sync: false,
      });
      const yours = { DATABASE_URL: external.url, PERENNIAL_SECRET: secret };
      expect(await perennial(['restore', again], yours)).toMatchObject({ code: 0 });
      const key = ['keys', 'create', '--workspace', 'moving', '--kind', 'rest'];
      expect(await perennial(key, yours)).toMatchObject({ code: 0 });
      expect(await perennial(['restore', again], yours)).toMatchObject({
        code: 1,
        err: expect.stringContaining('The database is not empty'),
      });
    },
  );
});
