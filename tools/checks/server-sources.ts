import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** Files below a folder of the repository whose path passes. */
export async function readSources(
  folder: string,
  passes: (path: string) => boolean,
): Promise<Source[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(passes)
    .toSorted();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  );
}

export function isProgram(path: string): boolean {
  return path.endsWith('.ts') && !/\.test\.ts$|\/test-[a-z-]+\.ts$/.test(path);
}

/** The room of a server's file: the folder below src. */
export function roomOf(path: string): string {
  return /^apps\/server\/src\/([^/]+)\//.exec(path)?.[1] ?? '';
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Prints what was found; the process fails if there is any. */
export function report(problems: string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
