import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../server/src/main/cli.ts', import.meta.url));

export interface Program {
  url: string;
  /** With which the first person logs in. */
  link: string;
  stop(): Promise<void>;
}

/** The real program as a newcomer starts it: a new data folder, its own database, the sample. */
export async function startProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-journey-'));
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: { ...process.env, PORT: '0', PERENNIAL_DATA: folder, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const said = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const words = /^(Perennial runs at|Log in for the first time:) (http\S+)$/.exec(line);
    if (words) said.set(words[1]!, words[2]!);
    const url = said.get('Perennial runs at');
    const link = said.get('Log in for the first time:');
    if (url && link) return { url, link, stop };
  }
  throw new Error('The program ended before it served.');
}
