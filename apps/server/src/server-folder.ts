/**
 * The folder `apps/server`: as far up from its sources as from the program that is built of them,
 * whose files all lie in `dist`.
 */
export const serverFolder = new URL('../', import.meta.url);

const built = !import.meta.url.endsWith('.ts');

/** What a thread runs: a file of the sources, such as `main/senders-thread.ts`, or as it is built. */
export function threadFile(source: string): URL {
  const name = source.slice(source.lastIndexOf('/') + 1);
  return new URL(built ? `dist/${name.replace(/\.ts$/, '.js')}` : `src/${source}`, serverFolder);
}
