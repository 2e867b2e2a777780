import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchDatabase } from './database.ts';

export interface BenchProgram {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** As `npm start` runs it; `npm run bench` builds it. */
const CLI = fileURLToPath(new URL('../apps/server/dist/cli.js', import.meta.url));

/** So that a bench can make what the program checks. */
export const BENCH_SECRET = 'a secret of the bench only';

/** The real program in a process of its own, on the bench's database. */
export async function startBenchProgram(
  { url }: Pick<BenchDatabase, 'url'>,
  { role }: { role: 'api' | 'worker' | 'all' },
): Promise<BenchProgram> {
  const child = spawn(process.execPath, [CLI, 'start', '--role', role], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      PERENNIAL_SECRET: BENCH_SECRET,
      PERENNIAL_SAMPLE: '0',
      PORT: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /Perennial runs at (\S+)/.exec(line)?.[1];
    if (!address) continue;
    return {
      url: address,
      pid: child.pid!,
      async stop() {
        child.kill('SIGTERM');
        await once(child, 'exit');
      },
    };
  }
  throw new Error('the program ended before it was ready');
}
