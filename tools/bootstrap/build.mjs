import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from './npm.mjs';
import { hashFiles, isFresh, sourceFiles, writeStamp } from './stamp.mjs';

const parts = {
  web: {
    title: 'the web interface',
    made: 'index.html',
    build: ['vite', 'bin', 'vite.js', 'build'],
  },
  server: {
    title: 'the program',
    made: 'cli.js',
    build: ['rolldown', 'bin', 'cli.mjs', '--config', 'rolldown.config.ts'],
  },
};

/** Builds an application into its `dist`, unless it was built from these very sources. */
export async function build(name, root, node) {
  const {
    title,
    made,
    build: [tool, ...rest],
  } = parts[name];
  const app = join(root, 'apps', name);
  const dist = join(app, 'dist');
  const stamp = join(dist, '.sources');
  const files = [
    join(root, 'package-lock.json'),
    ...(await sourceFiles(app)),
    ...(await sourceFiles(join(root, 'packages'))),
  ];
  const hash = await hashFiles(files);
  if (existsSync(join(dist, made)) && (await isFresh(stamp, hash))) return;
  // Beside what a command answers.
  console.error(`Building ${title}.`);
  await rm(dist, { recursive: true, force: true });
  const script = join(root, 'node_modules', tool, ...rest.slice(0, 2));
  await runQuietly(node.executable, [script, ...rest.slice(2)], { cwd: app, env: node.env });
  await writeStamp(stamp, hash);
}
