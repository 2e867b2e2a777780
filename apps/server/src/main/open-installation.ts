import type { Config } from '../config.ts';
import { migrate, openDatabase, type Database, type OpenOptions } from '../db/index.ts';
import { ensurePartitions } from '../db/partitions.ts';
import { checkFingerprint, createSecretBox, loadSecret, type SecretBox } from '../secret/index.ts';
import { initialiseInstallation } from '../slots/index.ts';

export interface Installation {
  database: Database;
  box: SecretBox;
}

/** The database, migrated and ready for this release, and the secret that belongs to it. */
export async function openInstallation(
  config: Config,
  {
    now,
    ...how
  }: Pick<OpenOptions, 'role' | 'max' | 'onLost' | 'onWait' | 'signal'> & { now: Date },
): Promise<Installation> {
  const box = createSecretBox(await loadSecret(config));
  const database = await openConfigured(config, how);
  try {
    await migrate(database.pool, { now });
    await initialiseInstallation(database.pool, { now });
    await checkFingerprint(database.pool, box);
    await ensurePartitions(database.pool, { now });
  } catch (error) {
    await database.close();
    throw error;
  }
  return { database, box };
}

/** The database as it is, for what looks at it or fills it. */
export function openConfigured(
  { databaseUrl, dataFolder }: Config,
  how: Pick<OpenOptions, 'role' | 'max' | 'onLost' | 'onWait' | 'signal'>,
): Promise<Database> {
  return openDatabase({ databaseUrl, dataFolder, ...how });
}
