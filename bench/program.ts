import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadData, ThreadNews } from '../apps/server/src/main/thread-data.ts';
import type { BenchDatabase } from './database.ts';

export interface BenchProgram {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** As `npm start` runs it; `npm run bench` builds it. */
const BUILT = new URL('../apps/server/dist/', import.meta.url);
const CLI = fileURLToPath(new URL('cli.js', BUILT));

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

/** The program's thread that sends, and nothing of what follows. It may fetch from this machine. */
export async function startBenchSenders(
  { url, pool }: Pick<BenchDatabase, 'url' | 'pool'>,
  { publicUrl }: { publicUrl: string },
): Promise<{ stop(): Promise<void> }> {
  // Beating is the main thread's part.
  const { rows } = await pool.query<{ id: number }>(
    `insert into processes (role, started_at, beat_at) values ('worker', now(), now() + interval '1 day') returning id`,
  );
  const data: ThreadData = {
    url,
    publicUrl,
    secret: BENCH_SECRET,
    logLevel: 'error',
    allowEgress: ['127.0.0.1'],
    processId: rows[0]!.id,
  };
  const thread = new Worker(new URL('senders-thread.js', BUILT), { workerData: data });
  const [news] = (await once(thread, 'message')) as [ThreadNews];
  if (news.kind !== 'ready') throw new Error(`the senders said ${news.kind}`);
  return {
    async stop() {
      thread.postMessage('stop');
      await once(thread, 'exit');
      await pool.query('delete from processes where id = $1', [data.processId]);
    },
  };
}
