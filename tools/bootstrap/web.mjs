import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from './npm.mjs';
import { hashFiles, isFresh, sourceFiles, writeStamp } from './stamp.mjs';

/** Builds the web interface, unless it was built from these very sources. */
export async function buildWeb(root, node) {
  const web = join(root, 'apps', 'web');
  const stamp = join(web, 'dist', '.sources');
  const files = [
    join(root, 'package-lock.json'),
    ...(await sourceFiles(web)),
    ...(await sourceFiles(join(root, 'packages'))),
  ];
  const hash = await hashFiles(files);
  if (existsSync(join(web, 'dist', 'index.html')) && (await isFresh(stamp, hash))) return;
  console.log('Building the web interface.');
  await rm(stamp, { force: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  await runQuietly(node.executable, [vite, 'build'], { cwd: web, env: node.env });
  await writeStamp(stamp, hash);
}
