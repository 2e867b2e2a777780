import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Config } from '../../config.ts';
import { migrationsFolder, readMigrations, schemaVersion, type Database } from '../../db/index.ts';
import { openConfigured } from '../open-installation.ts';
import { printData, withJson, type Terminal } from './terminal.ts';

export function addDoctorCommand(program: Command, terminal: Terminal): void {
  withJson(program.command('doctor'))
    .description('show what this installation runs on')
    .action(async (options: { json?: boolean }) => {
      const config = terminal.readConfig();
      const database = await openConfigured(config, { role: 'command' });
      try {
        printData(terminal, await examine(config, database), options);
      } finally {
        await database.close();
      }
    });
}

async function examine(config: Config, database: Database): Promise<Record<string, unknown>> {
  const known = await readMigrations(migrationsFolder);
  const version = await schemaVersion(database.pool);
  return {
    node: process.version,
    // Zone arithmetic is done with this one, not with PostgreSQL's.
    timeZones: process.versions['tz'],
    ...(await examineServer(database)),
    database: database.embedded ? `embedded in ${config.dataFolder}` : hidePassword(database.url),
    ...(database.embedded && { freeDiskMb: await freeDiskMb(config.dataFolder) }),
    schemaVersion: version,
    pendingMigrations: known
      .filter((migration) => migration.version > version)
      .map(({ name }) => name),
  };
}

async function examineServer({ pool }: Database): Promise<Record<string, unknown>> {
  const { rows } = await pool.query(
    `select current_setting('server_version') as "postgres",
            current_setting('shared_buffers') as "sharedBuffers",
            current_setting('max_connections')::int as "maxConnections",
            pg_database_size(current_database()) / 1048576 as "databaseMb",
            (select extversion from pg_extension where extname = 'citus') as "citus"`,
  );
  return rows[0] ?? {};
}

async function freeDiskMb(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return Math.floor((disk.bavail * disk.bsize) / 1024 / 1024);
}

function hidePassword(url: string): string {
  const shown = new URL(url);
  if (shown.password) shown.password = '***';
  return shown.href;
}
