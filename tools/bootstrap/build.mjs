import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runQuietly } from './npm.mjs';
import { hashFiles, isFresh, sourceFiles, writeStamp } from './stamp.mjs';

const parts = {
  web: {
    title: 'the web interface',
    made: 'index.html',
    build: ['vite', 'bin', 'vite.js', 'build'],
    out: '--outDir',
  },
  server: {
    title: 'the program',
    made: 'cli.js',
    build: ['rolldown', 'bin', 'cli.mjs', '--config', 'rolldown.config.ts'],
    out: '--dir',
  },
};

/** What a build has no use for stays so long: a program or a browser that began before may load it yet. */
const KEPT_MS = 7 * 86_400_000;

/** Builds an application into its `dist`, unless it was built from these very sources. */
export async function build(name, root, node) {
  const {
    title,
    made,
    build: [tool, ...rest],
    out,
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
  const beside = join(dist, `.build-${process.pid}`);
  const script = join(root, 'node_modules', tool, ...rest.slice(0, 2));
  try {
    const argv = [script, ...rest.slice(2), out, beside];
    await runQuietly(node.executable, argv, { cwd: app, env: node.env });
    await moveOver(beside, dist);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  await writeStamp(stamp, hash);
}

/** File by file, so that several builds at once, and a program that runs meanwhile, find all they need. */
async function moveOver(from, to) {
  const made = await filesIn(from);
  for (const path of made) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await rename(join(from, path), join(to, path));
  }
  for (const path of await filesIn(to)) {
    if (made.includes(path) || path === '.sources') continue;
    const { mtimeMs } = await stat(join(to, path));
    if (Date.now() - mtimeMs > KEPT_MS) await rm(join(to, path));
  }
}

/** Paths of all files, from the folder on; those of builds under way are nobody else's. */
async function filesIn(folder, below = '') {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      if (entry.name.startsWith('.build-')) return [];
      const path = join(below, entry.name);
      return entry.isDirectory() ? filesIn(folder, path) : [path];
    }),
  );
  return nested.flat();
}
