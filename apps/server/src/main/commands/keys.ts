import {
  ALL_KEY_KINDS,
  ALL_RIGHTS,
  KEY_KINDS,
  type KeyKind,
  type Right,
} from '@perennial/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { inTransaction } from '../../db/index.ts';
import { createKey } from '../../users/index.ts';
import { openInstallation } from '../open-installation.ts';
import { originOfCommand } from './origin.ts';
import { printData, withJson, type Terminal } from './terminal.ts';
import { requireWorkspace } from './workspaces.ts';

interface NewKeyOptions {
  workspace: string;
  kind: KeyKind;
  name?: string;
  rights?: Right[];
  json?: boolean;
}

export function addKeyCommands(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('keys of the APIs');
  withJson(keys.command('create'))
    .description('make a key and print it; it is not shown again')
    .requiredOption('--workspace <slug>', 'the workspace it opens')
    .addOption(
      new Option('--kind <kind>', 'what it is for').choices(ALL_KEY_KINDS).makeOptionMandatory(),
    )
    .option('--name <name>', 'how it is listed')
    .option('--rights <rights>', 'separated by commas; default: all that the kind may have', rights)
    .action((options: NewKeyOptions) => create(terminal, options));
}

function rights(text: string): Right[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !ALL_RIGHTS.includes(name as Right));
  if (unknown.length === 0) return names as Right[];
  throw new InvalidArgumentError(
    `There is no right ${unknown.join(', ')}. There are: ${ALL_RIGHTS.join(', ')}.`,
  );
}

async function create(terminal: Terminal, options: NewKeyOptions): Promise<void> {
  const { kind, name, json } = options;
  const now = terminal.now();
  const { database } = await openInstallation(terminal.readConfig(), { role: 'command', now });
  try {
    const key = await inTransaction(database.pool, async (tx) => {
      const workspace = await requireWorkspace(tx, options.workspace);
      return createKey(tx, {
        workspaceId: workspace.id,
        kind,
        ...(name && { name }),
        rights: options.rights,
        by: originOfCommand('keys create', now),
      });
    });
    if (json) printData(terminal, { key: key.token, kind, rights: key.rights }, { json });
    else terminal.print(key.token);
    if (options.rights && KEY_KINDS[kind].isPublic) {
      terminal.tell('This kind of key is public: expect anybody to have it.');
    }
  } finally {
    await database.close();
  }
}
