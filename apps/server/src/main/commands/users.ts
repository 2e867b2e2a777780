import { ALL_ROLES, userEmailSchema, type Role } from '@perennial/contracts';
import { Option, type Command } from 'commander';
import { inTransaction, type Db } from '../../db/index.ts';
import { createUser, linkUrl } from '../../users/index.ts';
import { listWorkspaces } from '../../workspaces/index.ts';
import { openInstallation } from '../open-installation.ts';
import { publicUrlOf } from '../public-url.ts';
import { originOfCommand } from './origin.ts';
import { parsedBy, printData, withJson, type Terminal } from './terminal.ts';
import { requireWorkspace } from './workspaces.ts';

interface NewUserOptions {
  email: string;
  role: Role;
  name?: string;
  workspace?: string;
  json?: boolean;
}

export function addUserCommands(program: Command, terminal: Terminal): void {
  const users = program.command('users').description('people who log in');
  withJson(users.command('create'))
    .description('make an account, with the password in PERENNIAL_PASSWORD or a one-time link')
    .requiredOption('--email <email>', 'with which to log in', parsedBy(userEmailSchema))
    .addOption(
      new Option('--role <role>', 'what it may do').choices(ALL_ROLES).makeOptionMandatory(),
    )
    .option('--name <name>', 'how others see it')
    .option('--workspace <slug>', 'where it has the role; default: in all there are')
    .action((options: NewUserOptions) => create(terminal, options));
}

async function create(terminal: Terminal, options: NewUserOptions): Promise<void> {
  const { email, role, name } = options;
  const config = terminal.readConfig();
  const now = terminal.now();
  const { database } = await openInstallation(config, { role: 'command', now });
  try {
    const { user, linkToken } = await inTransaction(database.pool, async (tx) =>
      createUser(tx, {
        email,
        ...(name && { name }),
        password: config.password,
        roles: (await workspaceIds(tx, options)).map((workspaceId) => ({ workspaceId, role })),
        by: originOfCommand('users create', now),
      }),
    );
    const link = linkToken && linkUrl(publicUrlOf(config, config.port), linkToken);
    printData(terminal, { id: String(user.id), email: user.email, ...(link && { link }) }, options);
  } finally {
    await database.close();
  }
}

async function workspaceIds(db: Db, { workspace }: NewUserOptions): Promise<number[]> {
  if (workspace !== undefined) return [(await requireWorkspace(db, workspace)).id];
  return (await listWorkspaces(db)).map(({ id }) => id);
}
