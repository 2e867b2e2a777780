#!/usr/bin/env node
// The command line, run with Node.js 24 or newer: this one, or the one that npm start fetched.
import { fileURLToPath } from 'node:url';
import { build } from '../../../tools/bootstrap/build.mjs';
import { installDependencies } from '../../../tools/bootstrap/dependencies.mjs';
import { compileCache, findNode } from '../../../tools/bootstrap/node.mjs';
import { run } from '../../../tools/bootstrap/run.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

try {
  const node = await findNode(root);
  await installDependencies(root, node);
  await build('server', root, node);
  process.exitCode = await run([cli, ...process.argv.slice(2)], node, { env: compileCache(root) });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
