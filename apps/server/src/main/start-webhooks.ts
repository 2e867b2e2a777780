import { createPool, connect } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { driveWebhooks, WEBHOOKS_CHANNEL } from '../webhooks/index.ts';
import { createLogger } from './logger.ts';
import type { ThreadData, Work } from './thread-data.ts';
import { webhookFormats } from './webhook-formats.ts';

/** What is read of a receiver's answer, in bytes. */
const ANSWER_BYTES = 64 * 1024;

/** Tells other systems of what happened; in the thread that hands over to providers. */
export async function startWebhooks(data: ThreadData): Promise<Work> {
  const { url, logLevel, processId, allowEgress: allow } = data;
  const log = createLogger({ level: logLevel });
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'webhooks failed and are repeated');
  const pool = createPool({ url, max: 3, name: 'perennial webhooks' });
  const egress = createEgress({ allow, answerBytes: ANSWER_BYTES });
  const line = driveWebhooks({
    pool,
    http: egress,
    box: createSecretBox(data.secret),
    formats: webhookFormats,
    processId,
    clock: () => new Date(),
    onError,
  });
  const listener = await connect({ url, name: 'perennial webhooks listener' });
  listener.on('notification', () => line.ring());
  listener.on('error', onError);
  await listener.query(`listen ${WEBHOOKS_CHANNEL}`);
  return {
    async stop() {
      await listener.end();
      await line.stop();
      await egress.close();
      await pool.end();
    },
  };
}
