import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/** Runs the npm that is at hand: the one that called us, or the one beside this Node.js. */
export async function runNpm(node, args, options) {
  const script = npmScript();
  const [file, first] = script ? [process.execPath, [script]] : ['npm', []];
  await runQuietly(file, [...first, ...args, ...quiet], { env: node.env, ...options });
}

function npmScript() {
  const caller = process.env.npm_execpath;
  if (caller?.endsWith('npm-cli.js')) return caller;
  const beside = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm/bin/npm-cli.js');
  return existsSync(beside) ? beside : undefined;
}

/** Shows the output only if the program fails. */
export function runQuietly(file, args, { env, ...options }) {
  const plain = { ...env, NO_COLOR: '1' };
  delete plain.FORCE_COLOR;
  return new Promise((done, fail) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(file, args, { stdio, env: plain, ...options });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done();
      console.error(output.trimEnd());
      return fail(new Error(`${[file, ...args].join(' ')} ended with ${code}`));
    });
  });
}
