import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A stamp holds the hash of what something was made from: made again when that differs. */
export async function isFresh(stamp, hash) {
  return (await readFile(stamp, 'utf8').catch(() => '')) === hash;
}

export function writeStamp(stamp, hash) {
  return writeFile(stamp, hash);
}

export async function hashFiles(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const path of [...paths].sort((a, b) => (a < b ? -1 : 1)))
    hash.update(`\0${path}\0`).update(await readFile(path));
  return hash.digest('hex');
}

/** All files below a folder, tests and what is made or installed left out. */
export async function sourceFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return isMade(entry.name) ? [] : sourceFiles(path);
      return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat();
}

function isMade(name) {
  return name === 'node_modules' || name === 'dist' || name.startsWith('.');
}
