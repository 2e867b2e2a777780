import { startWorkThreads } from '../apps/server/src/main/work-threads.ts';
import type { BenchDatabase } from './database.ts';

/** The program's work, in threads as `npm start` runs it, while `act` lasts. */
export async function withWork<Outcome>(
  { url }: Pick<BenchDatabase, 'url'>,
  act: () => Promise<Outcome>,
): Promise<Outcome> {
  const work = await startWorkThreads({
    url,
    secret: 'a secret of the bench only',
    logLevel: 'warn',
    publicUrl: 'http://localhost',
    allowEgress: [],
    processId: 0,
    onCrash: (cause) => {
      throw cause;
    },
  });
  try {
    return await act();
  } finally {
    await work.stop();
  }
}
