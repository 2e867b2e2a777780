/** The package as it is installed: what README.md shows compiles against it, runs, and arrives. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';

const run = promisify(execFile);
const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));

let app: string;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  app = await mkdtemp(join(tmpdir(), 'perennial-node-'));
  await writeFile(join(app, 'package.json'), '{"type": "module"}');
  const installed = join(app, 'node_modules/@perennial/node');
  await mkdir(installed, { recursive: true });
  await cp(join(packageRoot, 'package.json'), join(installed, 'package.json'));
  await tsc(['-p', join(packageRoot, 'tsconfig.build.json'), '--outDir', join(installed, 'dist')]);
}, 60_000);

afterAll(async () => {
  await server.close();
  await rm(app, { recursive: true });
});

async function tsc(args: string[]): Promise<{ failed: boolean; output: string }> {
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  try {
    const { stdout } = await run(process.execPath, [compiler, ...args], { cwd: app });
    return { failed: false, output: stdout };
  } catch (problem) {
    return { failed: true, output: (problem as { stdout: string }).stdout };
  }
}

/** As an app does that is strict. */
async function compile(code: string): Promise<{ failed: boolean; output: string }> {
  await writeFile(join(app, 'app.ts'), code);
  const types = ['--typeRoots', join(repository, 'node_modules/@types'), '--types', 'node'];
  const strict = ['--strict', '--exactOptionalPropertyTypes'];
  return tsc(['app.ts', '--module', 'nodenext', '--target', 'es2022', ...strict, ...types]);
}

async function example(): Promise<string> {
  const readme = await readFile(join(packageRoot, 'README.md'), 'utf8');
  return /```ts\n(.*?)```/s.exec(readme)![1]!;
}

test('what README.md shows compiles, and its calls arrive before the program ends', async () => {
  const code = (await example()).replace('https://perennial.example.com', server.host);
  expect(await compile(code)).toEqual({ failed: false, output: '' });
  const env = { PERENNIAL_WRITE_KEY: 'per_write_x' };
  await run(process.execPath, ['app.js'], { cwd: app, env });
  expect(server.batches.flatMap(({ batch }) => batch)).toMatchObject([
    { type: 'identify', userId: 'user-1', traits: { plan: 'pro' } },
    { type: 'track', event: 'WorkoutCompleted', properties: { kind: 'Running', minutes: 34 } },
  ]);
}, 60_000);

test.each([
  ['an unknown event type', `event: 'WorkoutComplete', properties: { kind: 'Run', minutes: 1 }`],
  ['a property of another type', `event: 'WorkoutCompleted', properties: { kind: 1, minutes: 1 }`],
  ['a property that is missing', `event: 'WorkoutCompleted', properties: { kind: 'Run' }`],
  ['properties left out', `event: 'WorkoutCompleted'`],
])(
  'with types of events, %s does not compile',
  async (_what, call) => {
    const code = `${await example()}\nperennial.track({ userId: 'user-1', ${call} });\n`;
    const { failed, output } = await compile(code);
    expect(failed, output).toBe(true);
    expect(output).not.toMatch(/TS2344|TS2307/);
  },
  60_000,
);
