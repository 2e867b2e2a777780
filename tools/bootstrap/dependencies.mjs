import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';
import { hashFiles, isFresh, writeStamp } from './stamp.mjs';

/** Installs what package-lock.json says, unless that is what is installed. */
export async function installDependencies(root, node) {
  const stamp = join(root, 'node_modules', '.perennial-lock');
  const hash = await hashFiles([join(root, 'package-lock.json')], process.platform + process.arch);
  if (await isFresh(stamp, hash)) return;
  if (!(await matchesInstalled(root))) {
    console.log('Installing dependencies.');
    await runNpm(node, ['ci'], { cwd: root });
    await mkdir(join(root, 'node_modules'), { recursive: true });
  }
  await writeStamp(stamp, hash);
}

/** Someone who ran npm install has all of it, and npm ci would throw that away and start over. */
async function matchesInstalled(root) {
  try {
    const wanted = await packagesOf(join(root, 'package-lock.json'));
    const installed = await packagesOf(join(root, 'node_modules', '.package-lock.json'));
    const isInstalled = Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/') || entry.link || !isForThisMachine(entry)) return true;
      if (entry.optional && !installed[path]) return !entry.os;
      return installed[path]?.version === entry.version;
    });
    return isInstalled && (await areThere(root, Object.keys(installed)));
  } catch {
    return false;
  }
}

/** npm's list may outlive the folders, as where two checkouts share it by hard links. */
async function areThere(root, paths) {
  await Promise.all(paths.map((path) => access(join(root, path, 'package.json'))));
  return true;
}

function isForThisMachine({ os, cpu, libc }) {
  const fits = (list, own) => !list || list.includes(own);
  // Every Linux that the embedded PostgreSQL runs on has glibc.
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc');
}

async function packagesOf(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages;
}
