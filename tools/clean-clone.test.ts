import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { stopEmbedded } from '../apps/server/src/db/embedded/start-embedded.ts';

// A newcomer has a clone, a Node.js of some age and an empty home directory. The cache of npm is
// the only thing reused: it spares the download, not the installation.

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
const minutes = 60_000;

let home: string;
let clone: string;
let env: NodeJS.ProcessEnv;

describe.skipIf(!existsSync(join(root, '.git')))('a clean clone in an empty home', () => {
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'newcomer-'));
    clone = join(home, 'perennial');
    env = newcomersEnvironment(await npmCache());
    await mkdir(env['HOME'] ?? '');
    await run('git', ['clone', '--quiet', '--depth=1', `file://${root}`, clone], { env });
  });

  afterAll(async () => {
    await stopEmbedded(join(clone, 'data/postgres'));
    await rm(home, { recursive: true, force: true });
  });

  test('npm start serves, and stops everything it started', { timeout: 4 * minutes }, async () => {
    const port = await freePort();
    const program = start('npm', ['start'], { PORT: String(port), PERENNIAL_SAMPLE: '0' });
    await answers(`http://127.0.0.1:${port}/healthz`, program);
    expect(existsSync(join(clone, 'data/postgres/postmaster.pid'))).toBe(true);
    program.child.kill('SIGTERM');
    await program.ended;
    expect(existsSync(join(clone, 'data/postgres/postmaster.pid')), program.output()).toBe(false);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  test(
    'npm test runs the tests, and its closing line counts them',
    { timeout: 4 * minutes },
    async () => {
      // One file of tests: all of them would come here again.
      const { stdout } = await run('.ci/run', ['tools/checks/checks.test.ts'], { cwd: clone, env });
      expect(stdout.trim().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
    },
  );
});

/** Without what this run of tests, its npm and its Node.js have put in. */
function newcomersEnvironment(cache: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|PERENNIAL_|VITEST|NODE_|TEST|DATABASE_URL|PORT$|HOST$|XDG_|INIT_CWD)/.test(name),
  );
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(root))
    .join(delimiter);
  return {
    ...Object.fromEntries(kept),
    PATH: path,
    HOME: join(home, 'home'),
    npm_config_cache: cache,
    npm_config_prefer_offline: 'true',
  };
}

async function npmCache(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'cache']);
  return stdout.trim();
}

interface Started {
  child: ChildProcess;
  ended: Promise<void>;
  output(): string;
}

function start(file: string, args: string[], more: NodeJS.ProcessEnv): Started {
  // A group of its own, so that a test that fails half-way can end all of it.
  const child = spawn(file, args, { cwd: clone, env: { ...env, ...more }, detached: true });
  onTestFinished(() => endGroup(child));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<void>((done) => {
    child.once('close', () => done());
  });
  return { child, ended, output: () => text };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-(pid ?? 0), 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** Waits for the address to answer; throws with the program's output if it ends before. */
async function answers(url: string, { child, output }: Started): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(`npm start ended by itself:\n${output()}`);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
