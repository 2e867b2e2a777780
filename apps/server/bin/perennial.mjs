#!/usr/bin/env node
// The command line, run with Node.js 24 or newer: this one, or the one that npm start fetched.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileCache, wantedMajor, runtimeNode } from '../../../tools/bootstrap/node.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const cli = new URL('../src/main/cli.ts', import.meta.url);

// The threads of the program take it from here.
Object.assign(process.env, compileCache(root));
if (Number.parseInt(process.versions.node, 10) >= wantedMajor) {
  module.enableCompileCache();
  await import(cli.href);
} else runWithNewerNode();

function runWithNewerNode() {
  const node = runtimeNode(root);
  if (!existsSync(node)) {
    console.error(
      `Node.js ${process.versions.node} is too old. Run npm start once, it fetches one.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}
