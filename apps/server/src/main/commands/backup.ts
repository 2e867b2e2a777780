import { resolve } from 'node:path';
import type { Command } from 'commander';
import { restoreBackup, writeBackup } from '../../backup/index.ts';
import type { Config } from '../../config.ts';
import { createSecretBox, findSecret, keepSecret } from '../../secret/index.ts';
import { openConfigured, openInstallation } from '../open-installation.ts';
import { printData, withJson, type Terminal } from './terminal.ts';

interface JsonOption {
  json?: boolean;
}

export function addBackupCommands(program: Command, terminal: Terminal): void {
  withJson(program.command('backup'))
    .description('write everything as it stands now into one file; the program may be running')
    .argument('<file>', 'where to write')
    .action((file: string, options: JsonOption) => backup(terminal, file, options));
  withJson(program.command('restore'))
    .description('fill an empty database from a file of "backup"')
    .argument('<file>', 'what "backup" wrote')
    .action((file: string, options: JsonOption) => restore(terminal, file, options));
}

async function backup(terminal: Terminal, file: string, options: JsonOption): Promise<void> {
  const now = terminal.now();
  const { database } = await openInstallation(terminal.readConfig(), { role: 'command', now });
  try {
    const path = resolve(file);
    const { schemaVersion, tables } = await writeBackup(database.pool, { path, now });
    printData(terminal, { file: path, schemaVersion, rows: sum(tables) }, options);
    terminal.tell('The secret is not in the file. Keep what "perennial secret" prints as well.');
  } finally {
    await database.close();
  }
}

async function restore(terminal: Terminal, file: string, options: JsonOption): Promise<void> {
  const config = terminal.readConfig();
  const secret = await requireSecret(config);
  const database = await openConfigured(config, { role: 'command' });
  try {
    const { schemaVersion, tables } = await restoreBackup(database.pool, {
      path: resolve(file),
      fingerprint: createSecretBox(secret).fingerprint(),
      now: terminal.now(),
    });
    if (database.embedded) await keepSecret(config.dataFolder, secret);
    printData(terminal, { schemaVersion, rows: sum(tables) }, options);
  } finally {
    await database.close();
  }
}

/** A secret made up for the new folder could not open what the backup holds. */
async function requireSecret(config: Config): Promise<string> {
  const secret = await findSecret(config);
  if (secret) return secret;
  throw new Error(
    'A backup is restored together with its secret. ' +
      'Set PERENNIAL_SECRET to what "perennial secret" prints where the backup was made.',
  );
}

function sum(tables: { rows: number }[]): number {
  return tables.reduce((total, { rows }) => total + rows, 0);
}
