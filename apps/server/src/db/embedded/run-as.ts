import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The account that owns the database folder and runs the server. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. A program that runs as root therefore hands the server to
 * another account: the one that owns the folder, else `postgres`, else `nobody`. Undefined means
 * the program's own account.
 */
export async function serverAccount(folder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(folder).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = await readFile('/etc/passwd', 'utf8');
  return findAccount(accounts, 'postgres') ?? findAccount(accounts, 'nobody') ?? noAccount();
}

function findAccount(passwd: string, name: string): Account | undefined {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}

function noAccount(): never {
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. ' +
      'Start Perennial as an ordinary user, or set DATABASE_URL.',
  );
}

/** Starts a binary as `account`, which must be able to reach each of `paths`. */
export async function spawnAs(
  account: Account | undefined,
  command: { binary: string; args: string[]; paths: string[] },
  options: SpawnOptions,
): Promise<ChildProcess> {
  const { binary, args, paths } = command;
  if (!account) return spawn(binary, args, options);
  const closed = await firstClosedFolder(account, [binary, ...paths]);
  if (!closed) return spawn(binary, args, { ...options, ...account });
  return spawnThroughClosedFolders(account, { binary, args, closed }, options);
}

/**
 * A clone below /root cannot be reached by another account. The server then keeps the one
 * capability that lets it pass through, and nothing else of root's.
 */
async function spawnThroughClosedFolders(
  { uid, gid }: Account,
  { binary, args, closed }: { binary: string; args: string[]; closed: string },
  options: SpawnOptions,
): Promise<ChildProcess> {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  const capability = await passingCapability();
  if (!setpriv || !capability) {
    throw new Error(
      `PostgreSQL does not run as root, and the user it would run as cannot enter ${closed}. ` +
        'Start Perennial as an ordinary user, move it out of that folder, or set DATABASE_URL.',
    );
  }
  // Without this bit, access(2), with which initdb looks for its neighbours, ignores capabilities.
  const securebits = '--securebits=+no_setuid_fixup';
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', securebits];
  const capabilities = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  return spawn(setpriv, [...identity, ...capabilities, '--', binary, ...args], options);
}

/** Containers drop the capability to read everywhere but commonly keep the wider one. */
async function passingCapability(): Promise<string | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  if (effective & (1n << 2n)) return 'dac_read_search';
  if (effective & (1n << 1n)) return 'dac_override';
  return undefined;
}

async function firstClosedFolder(account: Account, paths: string[]): Promise<string | undefined> {
  for (const path of paths) {
    for (const folder of ancestors(resolve(path))) {
      if (!(await canEnter(account, folder))) return folder;
    }
  }
  return undefined;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}

async function canEnter({ uid, gid }: Account, folder: string): Promise<boolean> {
  const { mode, uid: owner, gid: group } = await stat(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  if (group === gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
