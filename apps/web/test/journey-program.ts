import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTestConfig } from '../../server/src/config.ts';

/** As `npm start` runs it; `npm test` builds it. */
const CLI = fileURLToPath(new URL('../../server/dist/cli.js', import.meta.url));

export interface Program {
  url: string;
  /** With which the first person logs in. */
  link: string;
  /** What it has said so far: its log. */
  said(): string;
  stop(): Promise<void>;
}

interface ProgramOptions {
  /** Whether the sample workspace is made. */
  sample?: boolean;
  /** Whether servers of this machine may be called, such as a receiver of webhooks in a test. */
  callsLoopback?: boolean;
}

/**
 * The real program as a newcomer starts it: a new data folder, its own database, and the sample
 * unless `sample` is false.
 */
export async function startProgram({
  sample = true,
  callsLoopback = false,
}: ProgramOptions = {}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-journey-'));
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: {
      ...readTestConfig().programEnv,
      PORT: '0',
      PERENNIAL_DATA: folder,
      PERENNIAL_SAMPLE: sample ? '1' : '0',
      ...(callsLoopback && { PERENNIAL_ALLOW_EGRESS: '127.0.0.1' }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  let said = '';
  // It is read to the end: a program whose log nobody reads stands still.
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const find = (words: string): string | undefined =>
    new RegExp(`^${words} (http\\S+)$`, 'm').exec(said)?.[1];
  for (;;) {
    const [url, link] = [find('Perennial runs at'), find('Log in for the first time:')];
    if (url !== undefined && link !== undefined) return { url, link, stop, said: () => said };
    await Promise.race([once(child.stdout, 'data'), ended(exited)]);
  }
}

async function ended(exited: Promise<unknown>): Promise<never> {
  await exited;
  throw new Error('The program ended before it served.');
}
