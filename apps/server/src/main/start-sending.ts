import { connect, createPool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import {
  createRenderPool,
  FETCH_LIMITS,
  recipientTokenKey,
  secretsFrom,
} from '../messages/index.ts';
import { SENDS_CHANNEL } from '../pipeline/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { CAMPAIGN_FLOWS_CHANNEL, startSenders } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createLogger } from './logger.ts';
import type { ThreadData, Work } from './thread-data.ts';

/** The thread that renders and hands over to providers. */
export async function startSending(data: ThreadData): Promise<Work> {
  const { url, logLevel, publicUrl, processId } = data;
  const log = createLogger({ level: logLevel });
  const onError = (cause: unknown): void =>
    log.error({ err: cause }, 'sending failed and is repeated');
  const pool = createPool({ url, max: 5, name: 'perennial senders' });
  const box = createSecretBox(data.secret);
  const clock = (): Date => new Date();
  const contents = createEgress({ allow: data.allowEgress, answerBytes: FETCH_LIMITS.bytes });
  const renderPool = createRenderPool({
    publicUrl,
    tokenKey: recipientTokenKey(box),
    fetching: { http: contents, clock, secrets: secretsFrom(pool, box) },
  });
  const egress = createEgress({ allow: data.allowEgress });
  const senders = startSenders({
    pool,
    renderPool,
    box,
    processId,
    publicUrl,
    http: egress,
    slots: await readSlotCount(pool),
    clock,
    onError,
  });
  const listener = await connect({ url, name: 'perennial senders listener' });
  listener.on('notification', ({ channel, payload }) => {
    if (channel === CAMPAIGN_FLOWS_CHANNEL) senders.recall(Number(payload));
    senders.wake();
  });
  listener.on('error', onError);
  await listener.query(`listen ${SENDS_CHANNEL}; listen ${CAMPAIGN_FLOWS_CHANNEL}`);
  return {
    async stop() {
      await listener.end();
      await senders.stop();
      await egress.close();
      await renderPool.close();
      await contents.close();
      await pool.end();
    },
  };
}
