import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readTestConfig } from '../../src/config.ts';

/** As `npm start` runs it; `npm test` and `npm run test:kill` build it. */
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Program {
  /** Resolves when it serves. */
  ready: Promise<void>;
  /** Ends it without a chance to finish anything. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** A test that failed halfway leaves nothing behind. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface ProgramOptions {
  url: string;
  port: number;
  /** Where requests may go that is not public. */
  allowEgress?: string;
}

/** The real program as a process of its own. */
export function startProgram({ url, port, allowEgress }: ProgramOptions): Program {
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: {
      ...readTestConfig().programEnv,
      DATABASE_URL: url,
      PERENNIAL_SECRET: 'a secret of this test only',
      PERENNIAL_SAMPLE: '0',
      PORT: String(port),
      LOG_LEVEL: 'error',
      ...(allowEgress !== undefined && { PERENNIAL_ALLOW_EGRESS: allowEgress }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(() => running.delete(child));
  return {
    ready: saysItRuns(child),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function saysItRuns(child: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.startsWith('Perennial runs at')) return;
  }
  throw new Error('the program ended before it was ready');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
