import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, programOf } from './data-folder.ts';

/** What a running server writes into its folder, in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  /** The folder of its socket, or the address it listens on. */
  host: string;
}

export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, address] = text.split('\n').map((line) => line.trim());
  const host = socketFolder || address;
  // The file is written line by line: until the address is there, the server is starting.
  if (!pid || !port || !host) return undefined;
  return { pid: Number(pid), port: Number(port), host };
}

/** Whether the folder's server runs; not every live process with its old number is that server. */
export async function isRunning(folder: string): Promise<boolean> {
  const pid = await recordedPid(folder);
  return pid !== undefined && isAlive(pid) && (await programOf(pid)) === 'postgres';
}

/**
 * PostgreSQL refuses to start while the process its killed predecessor was is alive, also when the
 * number has gone to another program since, as it does in containers.
 */
export async function removeStalePidFile(folder: string): Promise<void> {
  const pid = await recordedPid(folder);
  if (pid === undefined || !isAlive(pid)) return;
  const program = await programOf(pid);
  if (program !== undefined && program !== 'postgres') await rm(join(folder, 'postmaster.pid'));
}

async function recordedPid(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}
