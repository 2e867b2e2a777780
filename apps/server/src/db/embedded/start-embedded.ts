import type { ChildProcess } from 'node:child_process';
import { chown, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, quoteName, sqlState } from '../pool.ts';
import { findBinaries } from './binaries.ts';
import { ensureDataFolder, owner, readPassword, writePrivate } from './data-folder.ts';
import type { ServerParts } from './data-folder.ts';
import {
  asConfigFile,
  fixedSettings,
  machineSettings,
  measureMachine,
} from './machine-settings.ts';
import type { Settings } from './machine-settings.ts';
import { isRunning, readPostmaster, removeStalePidFile } from './postmaster.ts';
import { serverAccount, spawnAs } from './run-as.ts';

export interface EmbeddedOptions {
  /** Where the database lies; made if it is not there. */
  folder: string;
  /** A Unix socket serves one machine and is quicker; loopback serves what only speaks TCP. */
  listen?: 'socket' | 'loopback';
  /** Over those for the machine. */
  settings?: Settings;
  database?: string;
  /** False skips writing a new folder through to the disk. */
  sync?: boolean;
}

export interface EmbeddedServer {
  url: string;
  folder: string;
  pid: number;
  /** It was running already: left behind by a killed program, or in use by a living one. */
  adopted: boolean;
  /** Ends all sessions and stops the server; returns when its folder is at rest. */
  stop(): Promise<void>;
}

const patienceMs = 60_000;
const pollMs = 15;
const logLimitBytes = 10 * 1024 * 1024;
// 103 bytes on macOS, 107 on Linux, for the folder and the file in it.
const socketPathLimit = 103;

/** Starts the server of `folder`, or finds the one that runs there. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const folder = resolve(options.folder);
  const database = options.database ?? 'perennial';
  const server = { binaries: await findBinaries(), account: await serverAccount(folder) };
  await ensureDataFolder(folder, { ...server, sync: options.sync ?? true });
  const started = await startOrAdopt(folder, { ...options, server });
  const url = await ensureDatabase(started.url, database);
  return { ...started, url, folder, stop: () => stopEmbedded(folder) };
}

interface Start extends EmbeddedOptions {
  server: ServerParts;
}

/**
 * Turns of look and act until a connection succeeds: connect; else leave a server that is starting
 * or stopping alone; else start one. Connecting comes first because it also finds a server whose
 * process this program cannot see, in another container on the same volume.
 */
async function startOrAdopt(
  folder: string,
  start: Start,
): Promise<{ url: string; pid: number; adopted: boolean }> {
  const deadline = performance.now() + patienceMs;
  let child: ChildProcess | undefined;
  while (performance.now() < deadline) {
    const found = await tryConnect(folder);
    if (found) return { ...found, adopted: found.pid !== child?.pid };
    if (!isStarting(child) && !(await isRunning(folder))) {
      if (child && deadline - performance.now() < patienceMs - 10_000) break;
      await removeStalePidFile(folder);
      child = await launch(folder, start);
    }
    await wait(pollMs);
  }
  throw new Error(`PostgreSQL did not start in ${folder}. Its log ends:\n${await logEnd(folder)}`);
}

function isStarting(child: ChildProcess | undefined): boolean {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

async function tryConnect(folder: string): Promise<{ url: string; pid: number } | undefined> {
  const postmaster = await readPostmaster(folder);
  if (!postmaster) return undefined;
  const url = urlOf(postmaster, { password: await readPassword(folder), database: 'postgres' });
  try {
    const client = await connect({ url });
    await client.end();
    return { url, pid: postmaster.pid };
  } catch (error) {
    if (isNotYet(error)) return undefined;
    throw new Error(`The PostgreSQL running in ${folder} refuses this program.`, { cause: error });
  }
}

function isNotYet(error: unknown): boolean {
  const codes = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'];
  if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return true;
  // Starting up or shutting down, ended by an administrator.
  if (['57P03', '57P01'].includes(sqlState(error) ?? '')) return true;
  return (error as Error).message.startsWith('Connection terminated');
}

function urlOf(
  { host, port }: { host: string; port: number },
  { password, database }: { password: string; database: string },
): string {
  const login = `${owner}:${encodeURIComponent(password)}`;
  if (!host.startsWith('/')) return `postgresql://${login}@${host}:${port}/${database}`;
  return `postgresql://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}

async function launch(folder: string, start: Start): Promise<ChildProcess> {
  const { server, listen = 'socket' } = start;
  const settings = {
    ...fixedSettings,
    ...machineSettings(await measureMachine(folder)),
    ...(await listenSettings(folder, listen, server)),
    ...start.settings,
  };
  await writePrivate(join(folder, 'perennial.conf'), asConfigFile(settings), server.account);
  const log = await openLog(folder);
  try {
    const child = await spawnAs(
      server.account,
      { binary: server.binaries.postgres, args: ['-D', folder], paths: [folder] },
      // In a session of its own: Ctrl-C in the terminal is for the program, which then stops it.
      { stdio: ['ignore', log.fd, log.fd], cwd: '/', env: {}, detached: true },
    );
    await new Promise((done, fail) => child.once('spawn', done).once('error', fail));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function listenSettings(
  folder: string,
  listen: 'socket' | 'loopback',
  server: ServerParts,
): Promise<Settings> {
  if (listen === 'loopback') {
    return { listen_addresses: '127.0.0.1', port: await freePort(), unix_socket_directories: '' };
  }
  const socketFolder = await shortFolder(folder, server);
  return { listen_addresses: '', port: 5432, unix_socket_directories: socketFolder };
}

async function shortFolder(folder: string, { account }: ServerParts): Promise<string> {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= socketPathLimit) return folder;
  const short = await mkdtemp(join(tmpdir(), 'perennial-'));
  if (account) await chown(short, account.uid, account.gid);
  return short;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

function logPath(folder: string): string {
  return join(dirname(folder), 'postgres.log');
}

async function openLog(folder: string): Promise<Awaited<ReturnType<typeof open>>> {
  const path = logPath(folder);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimitBytes) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

async function logEnd(folder: string): Promise<string> {
  const log = await readFile(logPath(folder), 'utf8').catch(() => '(no log)');
  return log.split('\n').slice(-12).join('\n');
}

async function ensureDatabase(url: string, database: string): Promise<string> {
  const wanted = new URL(url);
  wanted.pathname = `/${database}`;
  try {
    const client = await connect({ url: wanted.href });
    await client.end();
  } catch (error) {
    if (sqlState(error) !== '3D000') throw error;
    await createDatabase(url, database);
  }
  return wanted.href;
}

async function createDatabase(url: string, database: string): Promise<void> {
  const client = await connect({ url });
  try {
    await client.query(`create database ${quoteName(database)}`);
  } catch (error) {
    // Two programs may get here together; either one's database serves both.
    if (!['42P04', '23505'].includes(sqlState(error) ?? '')) throw error;
  } finally {
    await client.end();
  }
}

/** Stops the server of `folder` if one runs. */
export async function stopEmbedded(folder: string): Promise<void> {
  const postmaster = await readPostmaster(folder);
  if (!postmaster || !(await isRunning(folder))) return;
  // A fast shutdown: open transactions are rolled back, then a checkpoint.
  process.kill(postmaster.pid, 'SIGINT');
  while (await isRunning(folder)) await wait(pollMs);
  const { host } = postmaster;
  if (host.startsWith('/') && host !== folder) await rm(host, { recursive: true, force: true });
}
