import { once } from 'node:events';
import type { Config } from '../config.ts';
import { openInstallation } from './open-installation.ts';

export type ProgramRole = 'api' | 'worker' | 'all';

/** Runs until SIGTERM or SIGINT. */
export async function startProgram(config: Config, { role }: { role: ProgramRole }): Promise<void> {
  const stop = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const { database } = await openInstallation(config, { role: 'program', now: new Date() });
  process.stdout.write(`The database is ready (role ${role}).\n`);
  await stop;
  await database.close();
}
