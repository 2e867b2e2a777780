import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { runNpm } from './npm.mjs';

export const wantedMajor = 24;
const pinnedVersion = '24.21.0';

/** The Node.js to run everything with: this one, or the one in .runtime, fetched from npm. */
export async function findNode(root) {
  const own = Number.parseInt(process.versions.node, 10);
  if (own >= wantedMajor) return describe(root, process.execPath);
  const executable = runtimeNode(root);
  if (!existsSync(executable)) await fetchNode(root);
  return describe(root, executable);
}

export function runtimeNode(root) {
  const file = process.platform === 'win32' ? 'node.exe' : join('bin', 'node');
  return join(root, '.runtime', 'node_modules', packageName(), file);
}

/** npm has the binaries of Node.js as packages, one for each platform. */
function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform}-${process.arch}`;
}

/**
 * Where the program keeps its modules compiled: it starts sooner, and holds less, for its threads
 * need no compiler of their own. The folder may go at any time.
 */
export function compileCache(root) {
  const { NODE_COMPILE_CACHE = join(root, '.runtime', 'compile-cache') } = process.env;
  return { NODE_COMPILE_CACHE };
}

function describe(root, executable) {
  // Programs that call `node`, or each other, get these.
  const tools = join(root, 'node_modules', '.bin');
  const path = [dirname(executable), tools, process.env.PATH].join(delimiter);
  return { executable, env: { ...process.env, PATH: path } };
}

async function fetchNode(root) {
  console.log(`Node.js ${process.versions.node} is too old: fetching ${pinnedVersion} from npm.`);
  const folder = join(root, '.runtime');
  await mkdir(folder, { recursive: true });
  const wanted = `${packageName()}@${pinnedVersion}`;
  const node = { executable: process.execPath, env: process.env };
  try {
    await runNpm(node, ['install', '--prefix', folder, '--no-save', '--no-package-lock', wanted], {
      cwd: folder,
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(
      `Node.js ${wantedMajor} could not be fetched (${error.message}). ` +
        `Install Node.js ${wantedMajor} or newer and try again.`,
      { cause: error },
    );
  }
}
