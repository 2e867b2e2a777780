import { spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { spawnAs, type Account } from './run-as.ts';

const passwordFile = 'perennial.password';

/** What starts the server, and as whom. */
export interface ServerParts {
  binaries: Binaries;
  account: Account | undefined;
}

export interface NewFolder extends ServerParts {
  /** Whether its files are written through to the disk before use. */
  sync: boolean;
}

/** The role that owns everything in an embedded server. */
export const owner = 'perennial';

/**
 * Makes the database folder if there is none. It is built beside its place and renamed into it,
 * so that a folder is either whole or absent, also when two programs start at once or one is
 * killed on the way.
 */
export async function ensureDataFolder(folder: string, server: NewFolder): Promise<void> {
  const major = await folderMajor(folder);
  if (major === undefined) return createDataFolder(folder, server);
  if (major !== server.binaries.major) {
    throw new Error(
      `The data folder ${folder} belongs to PostgreSQL ${major}, this release brings ` +
        `${server.binaries.major}. Run "perennial backup" with the release that wrote it, and ` +
        '"perennial restore" with this one into a new folder.',
    );
  }
}

export async function readPassword(folder: string): Promise<string> {
  return (await readFile(join(folder, passwordFile), 'utf8')).trim();
}

async function folderMajor(folder: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(folder, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(folder, error);
  }
}

function unreadable(folder: string, cause: unknown): Error {
  return new Error(
    `The data folder ${folder} cannot be read: it belongs to another user. ` +
      'Start Perennial as the user that made it, or as root.',
    { cause },
  );
}

async function createDataFolder(folder: string, server: NewFolder): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  const workshop = `${folder}.new-${process.pid}`;
  await mkdir(workshop, { mode: 0o700 });
  if (server.account) await chown(workshop, server.account.uid, server.account.gid);
  try {
    await runInitdb(workshop, server);
    await rename(join(workshop, 'data'), folder);
  } catch (error) {
    // Another program was quicker: its folder serves as well.
    if (!existsSync(join(folder, 'PG_VERSION'))) throw error;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Folders that a killed program was still making. */
async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`;
  const names = (await readdir(dirname(folder))).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    if (isAlive(Number(name.slice(prefix.length)))) continue;
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

async function runInitdb(workshop: string, { binaries, account, sync }: NewFolder): Promise<void> {
  const data = join(workshop, 'data');
  const password = join(workshop, 'password');
  await writePrivate(password, randomBytes(24).toString('base64url'), account);
  const args = [
    `--pgdata=${data}`,
    `--username=${owner}`,
    '--auth=scram-sha-256',
    `--pwfile=${password}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(sync ? [] : ['--no-sync']),
  ];
  await runToEnd(
    await spawnAs(
      account,
      { binary: binaries.initdb, args, paths: [data] },
      { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', env: {} },
    ),
  );
  await writePrivate(join(data, 'postgresql.conf'), "include 'perennial.conf'\n", account);
  await rename(password, join(data, passwordFile));
}

async function runToEnd(child: ChildProcess): Promise<void> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail).once('close', done);
  });
  if (code !== 0) throw new Error(`initdb failed:\n${output}`);
}

/** Writes a file that only the server's account and root can read. */
export async function writePrivate(
  path: string,
  content: string,
  account: Account | undefined,
): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, content, { mode: 0o600 });
  await chmod(temporary, 0o600);
  if (account) await chown(temporary, account.uid, account.gid);
  await rename(temporary, path);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The name of the program that runs under a process id, undefined if none does. */
export async function programOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
    return name?.trim();
  }
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() ? basename(stdout.trim()) : undefined;
}
