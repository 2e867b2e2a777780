import { readFileSync } from 'node:fs';
import { createNetworks, type Networks } from './create-networks.ts';
import { parseNetworks } from './parse-networks.ts';
import { serverFolder } from '../../server-folder.ts';

/** The lists that the program brings. */
const LISTS = ['clouds.txt', 'mail-scanners.txt'].map(
  (name) => new URL(`src/sends/networks/${name}`, serverFolder),
);

/** Networks that are machines', with an operator's own list after those that the program brings. */
export function readNetworks({ file }: { file: string | undefined }): Networks {
  const own = file === undefined ? undefined : parseNetworks(textOf(file), file);
  const known = own?.alone
    ? []
    : LISTS.map((list) => parseNetworks(readFileSync(list, 'utf8'), list.pathname));
  return createNetworks([...known, ...(own ? [own] : [])].flatMap(({ ranges }) => ranges));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`PERENNIAL_NETWORKS names ${file}, which cannot be read.`, { cause });
  }
}
