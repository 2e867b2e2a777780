import type { Command } from 'commander';
import { migrate, schemaVersion } from '../../db/index.ts';
import { openConfigured } from '../open-installation.ts';
import { printData, withJson, type Terminal } from './terminal.ts';

export function addMigrateCommand(program: Command, terminal: Terminal): void {
  withJson(program.command('migrate'))
    .description('bring the database to the schema of this release; start does it as well')
    .action(async (options: { json?: boolean }) => {
      const database = await openConfigured(terminal.readConfig(), { role: 'command' });
      try {
        const applied = await migrate(database.pool, { now: terminal.now() });
        const data = {
          applied: applied.map(({ name }) => name),
          version: await schemaVersion(database.pool),
        };
        printData(terminal, data, options);
      } finally {
        await database.close();
      }
    });
}
