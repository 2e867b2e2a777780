import type { ChildProcess } from 'node:child_process';
import { chown, mkdtemp, open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writePrivate, type ServerParts } from './data-folder.ts';
import {
  asConfigFile,
  fixedSettings,
  machineSettings,
  measureMachine,
} from './machine-settings.ts';
import type { Settings } from './machine-settings.ts';
import { spawnAs } from './run-as.ts';

export interface Launch {
  server: ServerParts;
  listen?: 'socket' | 'loopback';
  settings?: Settings;
}

const logLimitBytes = 10 * 1024 * 1024;
// 103 bytes on macOS, 107 on Linux, for the folder and the file in it.
const socketPathLimit = 103;

/** Starts the server process and leaves it running by itself. */
export async function launch(folder: string, start: Launch): Promise<ChildProcess> {
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

async function openLog(folder: string): Promise<FileHandle> {
  const path = logPath(folder);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimitBytes) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

export async function logEnd(folder: string): Promise<string> {
  const log = await readFile(logPath(folder), 'utf8').catch(() => '(no log)');
  return log.split('\n').slice(-12).join('\n');
}
