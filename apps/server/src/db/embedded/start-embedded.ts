import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAway, isTimedOut } from '../is-unreachable.ts';
import { connect, quoteName, sqlState } from '../pool.ts';
import { findBinaries } from './binaries.ts';
import { ensureDataFolder, owner, programOf, readPassword } from './data-folder.ts';
import { launch, logEnd, type Launch } from './launch.ts';
import type { Settings } from './machine-settings.ts';
import { isRunning, readPostmaster, removeStalePidFile } from './postmaster.ts';
import { serverAccount } from './run-as.ts';

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

// Replaying what a crash left behind can take minutes; a start that fails at once is repeated only
// while the processes of a killed predecessor may still be going.
const patienceMs = { whileStarting: 15 * 60_000, withFailures: 10_000 };
const pollMs = 15;

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

/**
 * Turns of look and act until a connection succeeds: connect; else leave a server that is starting
 * or stopping alone; else start one. Connecting comes first because it also finds a server whose
 * process this program cannot see, in another container on the same volume.
 */
async function startOrAdopt(
  folder: string,
  start: Launch,
): Promise<{ url: string; pid: number; adopted: boolean }> {
  const began = performance.now();
  let patience = patienceMs.whileStarting;
  let child: ChildProcess | undefined;
  while (performance.now() - began < patience) {
    const found = await tryConnect(folder);
    if (found && found !== 'slow') return { ...found, adopted: found.pid !== child?.pid };
    if (!found && !isStarting(child) && !(await isRunning(folder))) {
      if (child) patience = patienceMs.withFailures;
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

/** A server that is there and answers too slowly must not get another beside it. */
async function tryConnect(
  folder: string,
): Promise<{ url: string; pid: number } | 'slow' | undefined> {
  const postmaster = await readPostmaster(folder);
  if (!postmaster) return undefined;
  const url = urlOf(postmaster, { password: await readPassword(folder), database: 'postgres' });
  try {
    const client = await connect({ url });
    await client.end();
    return { url, pid: postmaster.pid };
  } catch (error) {
    if (isAway(error)) return undefined;
    if (isTimedOut(error)) return 'slow';
    throw new Error(`The PostgreSQL running in ${folder} refuses this program.`, { cause: error });
  }
}

function urlOf(
  { host, port }: { host: string; port: number },
  { password, database }: { password: string; database: string },
): string {
  const login = `${owner}:${encodeURIComponent(password)}`;
  if (!host.startsWith('/')) return `postgresql://${login}@${host}:${port}/${database}`;
  return `postgresql://${login}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
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
  // Its pid file goes a moment before the process does.
  while ((await isRunning(folder)) || (await programOf(postmaster.pid)) === 'postgres') {
    await wait(pollMs);
  }
  const { host } = postmaster;
  if (host.startsWith('/') && host !== folder) await rm(host, { recursive: true, force: true });
}
