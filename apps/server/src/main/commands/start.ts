import { Option, type Command } from 'commander';
import type { ProgramRole } from '../start.ts';
import type { Terminal } from './terminal.ts';

export function addStartCommand(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .description('run Perennial until it is told to stop')
    .addOption(
      new Option('--role <role>', 'serve the API, do the work, or both')
        .choices(['api', 'worker', 'all'])
        .default('all'),
    )
    .action(async ({ role }: { role: ProgramRole }) => {
      const config = terminal.readConfig();
      // The other commands do without the whole program, and answer sooner for it.
      const { startProgram } = await import('../start.ts');
      await startProgram(config, { role });
    });
}
