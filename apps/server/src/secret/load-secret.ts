import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface SecretPlace {
  /** `PERENNIAL_SECRET`, which goes before the kept one. */
  secret: string | undefined;
  dataFolder: string;
}

/**
 * The installation's secret: the given one, or the one kept in the data folder of the embedded
 * database, made at the first call.
 */
export async function loadSecret(place: SecretPlace): Promise<string> {
  return (await findSecret(place)) ?? makeSecret(place.dataFolder);
}

/** The secret, if there is one already. */
export async function findSecret({ secret, dataFolder }: SecretPlace): Promise<string | undefined> {
  return secret ?? readSecret(pathOf(dataFolder));
}

/** Keeps a given secret for an embedded database that has none, so that it need not be given again. */
export async function keepSecret(dataFolder: string, secret: string): Promise<void> {
  await writeOnce(dataFolder, secret);
}

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'secret');
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The secret in ${path} cannot be read.`, { cause: error });
  }
}

async function makeSecret(dataFolder: string): Promise<string> {
  await writeOnce(dataFolder, randomBytes(32).toString('hex'));
  return (await readFile(pathOf(dataFolder), 'utf8')).trim();
}

/** Whole or not at all; of two programs that write at once, the first one's stays. */
async function writeOnce(dataFolder: string, secret: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const own = `${pathOf(dataFolder)}.new-${randomBytes(6).toString('hex')}`;
  await writeFile(own, `${secret}\n`, { mode: 0o600, flush: true });
  try {
    await link(own, pathOf(dataFolder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
}
