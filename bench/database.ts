import { mkdir, mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, inTransaction, migrate, type Pool } from '../apps/server/src/db/index.ts';
import { startEmbedded } from '../apps/server/src/db/embedded/start-embedded.ts';
import { ensurePartitions } from '../apps/server/src/db/partitions.ts';
import { createKey } from '../apps/server/src/users/index.ts';
import { initialiseInstallation } from '../apps/server/src/slots/index.ts';
import { createWorkspace } from '../apps/server/src/workspaces/index.ts';

/** The embedded database with the settings that `npm start` gives it, empty but for a workspace. */
export interface BenchDatabase {
  url: string;
  pool: Pool;
  workspaceId: number;
  writeKey: string;
  slots: number;
  /** The same database with empty buffers, as after a night. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const SLOTS = 64;

/** Kept in a folder, what a bench made there is found again; else all of it is gone at the end. */
export async function openBenchDatabase({
  keep,
}: { keep?: string | undefined } = {}): Promise<BenchDatabase> {
  const home = keep ?? (await mkdtemp(join(tmpdir(), 'perennial-bench-')));
  if (keep !== undefined) await mkdir(keep, { recursive: true });
  await chmod(home, 0o711);
  const folder = join(home, 'postgres');
  let server = await startEmbedded({ folder });
  const pool = createPool({ url: server.url, max: 10, name: 'bench' });
  const now = new Date();
  await migrate(pool, { now });
  await ensurePartitions(pool, { now });
  const by = { actor: { kind: 'system', id: null, name: 'bench' }, at: now } as never;
  const { rows } = await pool.query<{ id: number }>(`select id from workspaces`);
  const kept = rows[0]?.id;
  if (kept === undefined) await initialiseInstallation(pool, { slots: SLOTS, now });
  const { workspaceId, writeKey } = await inTransaction(pool, async (tx) => {
    const id = kept ?? (await createWorkspace(tx, { slug: 'bench', name: 'Bench', by })).id;
    const { token } = await createKey(tx, { workspaceId: id, kind: 'write', by });
    return { workspaceId: id, writeKey: token };
  });
  const database: BenchDatabase = {
    url: server.url,
    pool,
    workspaceId,
    writeKey,
    slots: SLOTS,
    async restart() {
      await database.pool.end();
      await server.stop();
      server = await startEmbedded({ folder });
      database.url = server.url;
      database.pool = createPool({ url: server.url, max: 2, name: 'bench' });
    },
    async close() {
      await database.pool.end();
      await server.stop();
      if (keep === undefined) await rm(home, { recursive: true, force: true });
    },
  };
  return database;
}
