import { chmod, mkdtemp, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './embedded/data-folder.ts';
import { throwawaySettings } from './embedded/machine-settings.ts';
import { startEmbedded, stopEmbedded } from './embedded/start-embedded.ts';
import { migrate } from './migrate.ts';
import { connect, createPool, quoteName } from './pool.ts';

const folderPrefix = 'perennial-test-';

export type CloneStrategy = 'file_copy' | 'wal_log';

export interface TestServer {
  /** Its path names the database that has all migrations and no rows. */
  templateUrl: string;
  /** Copying files is quicker where nothing is written through to a disk. */
  cloneStrategy: CloneStrategy;
  stop(): Promise<void>;
}

/**
 * The server of one test run: PostgreSQL in a temporary folder, or the one at `externalUrl`, with
 * a template that each test file's database is cloned from.
 */
export async function startTestServer(externalUrl: string | undefined): Promise<TestServer> {
  return externalUrl ? useExternalServer(externalUrl) : startOwnServer();
}

async function startOwnServer(): Promise<TestServer> {
  await stopAbandonedServers();
  const home = await mkdtemp(join(await quickestFolder(), folderPrefix));
  // The server's account, if it is another one, has to pass through.
  await chmod(home, 0o711);
  await writeFile(join(home, 'program.pid'), String(process.pid));
  const server = await startEmbedded({
    folder: join(home, 'postgres'),
    settings: throwawaySettings,
    database: 'template_of_tests',
    sync: false,
  });
  await migrateTemplate(server.url);
  return {
    templateUrl: server.url,
    cloneStrategy: 'file_copy',
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const sharedMemory = '/dev/shm';

/** Making a database is making 400 files: some disks take a second for it, memory 10 ms. */
async function quickestFolder(): Promise<string> {
  const found = await statfs(sharedMemory).catch(() => undefined);
  const roomy = found && found.bavail * found.bsize > 2 * 1024 ** 3;
  return roomy ? sharedMemory : tmpdir();
}

/** A run that was killed leaves its server behind; the next run takes it away. */
async function stopAbandonedServers(): Promise<void> {
  for (const home of await testHomes()) {
    const pid = await readFile(join(home, 'program.pid'), 'utf8').catch(() => undefined);
    if (pid === undefined || isAlive(Number(pid))) continue;
    await stopEmbedded(join(home, 'postgres')).catch(ignore);
    await rm(home, { recursive: true, force: true }).catch(ignore);
  }
}

async function testHomes(): Promise<string[]> {
  const folders = await Promise.all(
    [tmpdir(), sharedMemory].map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => name.startsWith(folderPrefix))
        .map((name) => join(folder, name));
    }),
  );
  return folders.flat();
}

// Another run may be taking the same one away, or it belongs to another user.
function ignore(): void {}

async function useExternalServer(externalUrl: string): Promise<TestServer> {
  const name = `perennial_template_${process.pid}`;
  await administer(externalUrl, `create database ${quoteName(name)}`);
  const url = new URL(externalUrl);
  url.pathname = `/${name}`;
  await migrateTemplate(url.href);
  return {
    templateUrl: url.href,
    cloneStrategy: 'wal_log',
    stop: () => administer(externalUrl, `drop database ${quoteName(name)} with (force)`),
  };
}

async function migrateTemplate(url: string): Promise<void> {
  const pool = createPool({ url, max: 1 });
  await migrate(pool, { now: new Date() });
  await pool.end();
}

async function administer(url: string, statement: string): Promise<void> {
  const client = await connect({ url });
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
