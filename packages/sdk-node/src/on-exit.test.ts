import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let folder: string;
let built: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'perennial-sdk-'));
  const root = join(import.meta.dirname, '..');
  const tsc = join(root, '../../node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder];
  await promisify(execFile)(process.execPath, args);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  built = pathToFileURL(join(folder, 'index.js')).href;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A program that uses the package as it is published. */
async function runProgram(source: string): Promise<ReturnType<typeof spawn>> {
  const file = join(folder, 'program.mjs');
  await writeFile(
    file,
    `import { Perennial } from ${JSON.stringify(built)};
     const perennial = new Perennial({ writeKey: 'k', host: '${server.host}', flushInterval: 60000 });
     ${source}`,
  );
  return spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function events(): unknown[] {
  return server.batches.splice(0).flatMap(({ batch }) => batch.map(({ event }) => event));
}

test('a program that comes to its end sends what waits', async () => {
  const child = await runProgram(`perennial.track({ userId: 'u1', event: 'Ended' });`);
  const [code] = await once(child, 'exit');
  expect({ code, events: events() }).toEqual({ code: 0, events: ['Ended'] });
});

test('a program that is told to stop sends what waits, and stops as it would have', async () => {
  const child = await runProgram(
    `perennial.track({ userId: 'u1', event: 'Stopped' });
     setInterval(() => {}, 1000);
     console.log('ready');`,
  );
  await once(child.stdout!, 'data');
  child.kill('SIGTERM');
  const [code, signal] = await once(child, 'exit');
  expect({ code, signal, events: events() }).toEqual({
    code: null,
    signal: 'SIGTERM',
    events: ['Stopped'],
  });
});

test('a program that listens to the signal itself goes on', async () => {
  const child = await runProgram(
    `process.on('SIGTERM', () => perennial.close().then(() => process.exit(7)));
     perennial.track({ userId: 'u1', event: 'Own way' });
     setInterval(() => {}, 1000);
     console.log('ready');`,
  );
  await once(child.stdout!, 'data');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect({ code, events: events() }).toEqual({ code: 7, events: ['Own way'] });
});
