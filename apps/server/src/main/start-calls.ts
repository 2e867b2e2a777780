import { CALLS_CHANNEL, ANSWER_BYTES, driveCalls } from '../calls/index.ts';
import { connect, createPool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createLogger } from './logger.ts';
import type { ThreadData, Work } from './thread-data.ts';

/** Makes the calls that runs wait for; in the thread that hands over to providers. */
export async function startCalls(data: ThreadData): Promise<Work> {
  const { url, logLevel, allowEgress: allow } = data;
  const log = createLogger({ level: logLevel });
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'calls of workflows failed and are repeated');
  const pool = createPool({ url, max: 4, name: 'perennial calls' });
  const egress = createEgress({ allow, answerBytes: ANSWER_BYTES });
  const line = driveCalls({
    pool,
    egress,
    box: createSecretBox(data.secret),
    slots: await readSlotCount(pool),
    clock: () => new Date(),
    onError,
  });
  const listener = await connect({ url, name: 'perennial calls listener' });
  listener.on('notification', () => line.ring());
  listener.on('error', onError);
  await listener.query(`listen ${CALLS_CHANNEL}`);
  return {
    async stop() {
      await listener.end();
      await line.stop();
      await egress.close();
      await pool.end();
    },
  };
}
