import { setTimeout as wait } from 'node:timers/promises';
import { advisoryLocks } from '../advisory-locks.ts';
import { connect, type Client, type Db } from '../pool.ts';
import { isAlive } from './data-folder.ts';

/** A program serves and stays; a command does one thing and goes. */
export type Role = 'program' | 'command';

export interface Holder {
  role: Role;
  pid: number;
}

export interface Claim {
  /** Gives the folder up after `lastAct`, which may stop the server: nobody comes in between. */
  release(lastAct: () => Promise<void>): Promise<void>;
}

export type ClaimOutcome = { claim: Claim } | { holder: Holder };

export interface ClaimOptions {
  url: string;
  role: Role;
  /** The claim went to another program while the server was restarting. */
  onLost?: (error: Error) => void;
}

// How long the session of a killed program, or a command, may still hold on.
const patienceMs = { dead: 5_000, command: 30_000 };
const pollMs = 50;

/**
 * Takes the folder's database for this process: a lock held by a connection, so that it ends with
 * the process however that ends. Answers with the holder when a living program has it.
 */
export async function claimFolder(options: ClaimOptions): Promise<ClaimOutcome> {
  const taken = await take(options);
  if ('holder' in taken) return taken;
  return { claim: keep(taken.client, options) };
}

async function take(options: ClaimOptions): Promise<{ client: Client } | { holder: Holder }> {
  const name = `perennial ${options.role} ${process.pid}`;
  const client = await connect({ url: options.url, name });
  const began = performance.now();
  for (;;) {
    if (await tryLock(client)) return { client };
    const holder = await findHolder(client);
    if (holder && performance.now() - began > patienceWith(holder)) {
      await client.end();
      return { holder };
    }
    await wait(pollMs);
  }
}

function patienceWith({ role, pid }: Holder): number {
  if (!isAlive(pid)) return patienceMs.dead;
  return role === 'command' ? patienceMs.command : 0;
}

async function tryLock(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1) as locked',
    [advisoryLocks.folder],
  );
  return rows[0]?.locked ?? false;
}

async function findHolder(db: Db): Promise<Holder | undefined> {
  const { rows } = await db.query<{ name: string }>(
    `select application_name as name
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1 and granted`,
    [advisoryLocks.folder],
  );
  const match = /^perennial (program|command) (\d+)$/.exec(rows[0]?.name ?? '');
  return match ? { role: match[1] as Role, pid: Number(match[2]) } : undefined;
}

/** Takes the claim again when the server went down and came back under the same program. */
function keep(first: Client, options: ClaimOptions): Claim {
  let client: Client | undefined;
  let released = false;
  const hold = (next: Client): void => {
    client = next;
    // What ends the connection is reported as its end.
    next.on('error', () => {});
    next.once('end', () => {
      if (!released) void retake(options).then((again) => adopt(again));
    });
  };
  const adopt = (again: Client | Error): void => {
    if (again instanceof Error) options.onLost?.(again);
    else if (released) void again.end();
    else hold(again);
  };
  hold(first);
  return {
    release: async (lastAct) => {
      released = true;
      await lastAct();
      await client?.end();
    },
  };
}

async function retake(options: ClaimOptions): Promise<Client | Error> {
  let cause: unknown;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await wait(300);
    try {
      const taken = await take(options);
      if ('client' in taken) return taken.client;
      return new Error(`Process ${taken.holder.pid} has taken the data folder.`);
    } catch (error) {
      cause = error;
    }
  }
  return new Error('The embedded PostgreSQL went down and did not come back.', { cause });
}
