import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The installation's secret: the given one, or the one kept in the data folder of the embedded
 * database, made at the first call.
 */
export async function loadSecret({
  secret,
  dataFolder,
}: {
  secret: string | undefined;
  dataFolder: string;
}): Promise<string> {
  if (secret) return secret;
  const path = join(dataFolder, 'secret');
  return (await readSecret(path)) ?? makeSecret(path, dataFolder);
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The secret in ${path} cannot be read.`, { cause: error });
  }
}

/** Whole or not at all, and when two programs make one at once both get the same. */
async function makeSecret(path: string, dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const own = `${path}.new-${randomBytes(6).toString('hex')}`;
  await writeFile(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    await link(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}
