import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { restoreBackup, writeBackup } from '../../backup/index.ts';
import type { Config } from '../../config.ts';
import { eraseAgain, listErased, readErased, type ErasedPerson } from '../../pipeline/index.ts';
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
    .option('--erasures <list>', 'what "erasures" printed: these people are erased again')
    .action((file: string, options: RestoreCommandOptions) => restore(terminal, file, options));
  program
    .command('erasures')
    .description('print who was erased, a line each; keep it beside your backups')
    .action(() => erasures(terminal));
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

interface RestoreCommandOptions extends JsonOption {
  erasures?: string;
}

async function restore(
  terminal: Terminal,
  file: string,
  options: RestoreCommandOptions,
): Promise<void> {
  const people = options.erasures === undefined ? [] : await readErasures(options.erasures);
  const config = terminal.readConfig();
  const secret = await requireSecret(config);
  const database = await openConfigured(config, { role: 'command' });
  try {
    let erased: ErasedPerson[] = [];
    const now = terminal.now();
    const { schemaVersion, tables } = await restoreBackup(database.pool, {
      path: resolve(file),
      afterwards: async (tx) => {
        erased = await eraseAgain(tx, { people, now });
      },
      fingerprint: createSecretBox(secret).fingerprint(),
      now,
    });
    if (database.embedded) await keepSecret(config.dataFolder, secret);
    const result = { schemaVersion, rows: sum(tables), erased: erased.length };
    printData(terminal, result, options);
    if (options.erasures === undefined) {
      terminal.tell(
        'Whoever was erased after this backup was made is back. If "perennial erasures" was kept, restore again with --erasures LIST.',
      );
    }
  } finally {
    await database.close();
  }
}

/** The list is written before anything else is done with it: half of a restore helps nobody. */
async function readErasures(file: string): Promise<ErasedPerson[]> {
  const lines = (await readFile(resolve(file), 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line, i) => {
    const person = readErased(line);
    if (person) return person;
    throw new Error(`Line ${i + 1} of ${file} is not one that "perennial erasures" prints.`);
  });
}

async function erasures(terminal: Terminal): Promise<void> {
  const now = terminal.now();
  const { database } = await openInstallation(terminal.readConfig(), { role: 'command', now });
  try {
    for (const person of await listErased(database.pool)) terminal.print(JSON.stringify(person));
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
