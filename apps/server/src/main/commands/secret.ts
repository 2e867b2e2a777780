import type { Command } from 'commander';
import { loadSecret } from '../../secret/index.ts';
import type { Terminal } from './terminal.ts';

export function addSecretCommand(program: Command, terminal: Terminal): void {
  program
    .command('secret')
    .description('print the secret: a backup can only be restored together with it')
    .action(async () => terminal.print(await loadSecret(terminal.readConfig())));
}
