import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addKeyCommands } from './commands/keys.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addSecretCommand } from './commands/secret.ts';
import { addStartCommand } from './commands/start.ts';
import { addUserCommands } from './commands/users.ts';
import { addWorkspaceCommands } from './commands/workspaces.ts';
import type { Terminal } from './commands/terminal.ts';

const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

const terminal: Terminal = {
  readConfig: () => readConfig(),
  now: () => new Date(),
  print: (text) => process.stdout.write(`${text}\n`),
  tell: (text) => process.stderr.write(`${text}\n`),
};

process.exitCode = await runCommandLine(process.argv.slice(2));

async function runCommandLine(args: string[]): Promise<number> {
  try {
    await commandLine().parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end here as well, with 0; wrong use was explained where it was found.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    }
    terminal.tell(explain(error));
    return exitCodes.failed;
  }
}

function commandLine(): Command {
  const program = new Command('perennial')
    .description('Keeps the users of an app: contacts, segments, workflows, messages.')
    .showHelpAfterError('(perennial <command> --help explains its use)')
    .exitOverride();
  addStartCommand(program, terminal);
  addMigrateCommand(program, terminal);
  addWorkspaceCommands(program, terminal);
  addUserCommands(program, terminal);
  addKeyCommands(program, terminal);
  addBackupCommands(program, terminal);
  addSecretCommand(program, terminal);
  addDoctorCommand(program, terminal);
  return program;
}

/** What went wrong and why, down to the first cause. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  because: ${explain(error.cause)}`;
  return error.message.includes(causeMessage(error)) ? error.message : error.message + cause;
}

function causeMessage({ cause }: Error): string {
  return cause instanceof Error ? cause.message : '\0';
}
