import { workspaceSlugSchema } from '@perennial/contracts';
import type { Command } from 'commander';
import { inTransaction, type Db } from '../../db/index.ts';
import { foundWorkspace } from '../../users/index.ts';
import { findWorkspaceBySlug, listWorkspaces, type WorkspaceRow } from '../../workspaces/index.ts';
import { openInstallation } from '../open-installation.ts';
import { originOfCommand } from './origin.ts';
import { parsedBy, printData, withJson, type Terminal } from './terminal.ts';

interface NewWorkspaceOptions {
  slug: string;
  name: string;
  json?: boolean;
}

export function addWorkspaceCommands(program: Command, terminal: Terminal): void {
  const workspaces = program.command('workspaces').description('workspaces of this installation');
  withJson(workspaces.command('create'))
    .description('make an empty workspace')
    .requiredOption(
      '--slug <slug>',
      'its short name in addresses and commands',
      parsedBy(workspaceSlugSchema),
    )
    .requiredOption('--name <name>', 'its name for people')
    .action((options: NewWorkspaceOptions) => create(terminal, options));
}

async function create(terminal: Terminal, options: NewWorkspaceOptions): Promise<void> {
  const { slug, name } = options;
  const now = terminal.now();
  const { database } = await openInstallation(terminal.readConfig(), { role: 'command', now });
  try {
    const by = originOfCommand('workspaces create', now);
    const { id } = await inTransaction(database.pool, (tx) =>
      foundWorkspace(tx, { slug, name, by }),
    );
    printData(terminal, { id: String(id), slug, name }, options);
  } finally {
    await database.close();
  }
}

export async function requireWorkspace(db: Db, slug: string): Promise<WorkspaceRow> {
  const workspace = await findWorkspaceBySlug(db, { slug });
  if (workspace) return workspace;
  const slugs = (await listWorkspaces(db)).map((other) => other.slug);
  throw new Error(`There is no workspace ${slug}. There are: ${slugs.join(', ') || 'none'}.`);
}
