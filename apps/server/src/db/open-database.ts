import { join } from 'node:path';
import { claimFolder, type Claim, type Role } from './embedded/claim-folder.ts';
import { startEmbedded, type EmbeddedServer } from './embedded/start-embedded.ts';
import { isUnreachable } from './is-unreachable.ts';
import { createPool, type Pool } from './pool.ts';
import { whenReachable, type Patience } from './when-reachable.ts';

export interface OpenOptions extends Patience {
  /** An existing PostgreSQL; without it the embedded one in `dataFolder` is started. */
  databaseUrl?: string | undefined;
  dataFolder: string;
  /**
   * A program takes an embedded database for itself. A command takes it too, or shares it with the
   * program that has it.
   */
  role: Role;
  /** Most connections of the pool. */
  max?: number;
  /** An embedded database was lost to another program, or for good; the program has to end. */
  onLost?: (error: Error) => void;
}

export interface Database {
  pool: Pool;
  /** For what opens connections of its own; holds the password. */
  url: string;
  embedded: EmbeddedServer | undefined;
  /** Closes the pool, and stops the embedded server if this process has taken it. */
  close(): Promise<void>;
}

export async function openDatabase(options: OpenOptions): Promise<Database> {
  return options.databaseUrl ? openExternal(options.databaseUrl, options) : openEmbedded(options);
}

/** A program waits for a database that starts up beside it; who gives a command is told at once. */
async function openExternal(
  url: string,
  { max, role, patienceMs, onWait, signal }: OpenOptions,
): Promise<Database> {
  const patience = role === 'command' ? { patienceMs: 0 } : { ...(patienceMs && { patienceMs }) };
  try {
    await whenReachable(url, {
      ...patience,
      ...(onWait && { onWait }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    throw new Error(`DATABASE_URL cannot be reached: ${(cause as Error).message}`, { cause });
  }
  const pool = createPool({ url, ...(max && { max }) });
  return { pool, url, embedded: undefined, close: () => pool.end() };
}

async function openEmbedded(options: OpenOptions): Promise<Database> {
  const { embedded, claim } = await startAndClaim(options);
  const pool = createPool({ url: embedded.url, ...(options.max && { max: options.max }) });
  const close = async (): Promise<void> => {
    await pool.end();
    await claim?.release(() => embedded.stop());
  };
  return { pool, url: embedded.url, embedded, close };
}

/** The server that was found may be on its way down, at the end of the program before this one. */
async function startAndClaim(
  options: OpenOptions,
): Promise<{ embedded: EmbeddedServer; claim: Claim | undefined }> {
  for (let attempt = 1; ; attempt += 1) {
    const embedded = await startEmbedded({ folder: join(options.dataFolder, 'postgres') });
    try {
      return { embedded, claim: await claimOrShare(embedded, options) };
    } catch (error) {
      if (attempt === 5 || !isUnreachable(error)) throw error;
    }
  }
}

async function claimOrShare(
  { url }: EmbeddedServer,
  { role, dataFolder, onLost }: OpenOptions,
): Promise<Claim | undefined> {
  const outcome = await claimFolder({ url, role, ...(onLost && { onLost }) });
  if ('claim' in outcome) return outcome.claim;
  if (role === 'command' && outcome.holder.role === 'program') return undefined;
  throw new Error(
    `Perennial is already running on the data folder ${dataFolder}, as process ` +
      `${outcome.holder.pid}. Stop that one, or set PERENNIAL_DATA to another folder.`,
  );
}
