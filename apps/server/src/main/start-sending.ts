import { createEgress } from '../egress/index.ts';
import {
  createRenderPool,
  FETCH_LIMITS,
  recipientTokenKey,
  secretsFrom,
} from '../messages/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { startSenders, type Senders } from '../sends/index.ts';
import type { SendersParts, Work } from './thread-data.ts';

/** Renders and hands over to providers. */
export function startSending({
  data,
  log,
  ...parts
}: SendersParts): Work & Pick<Senders, 'wake' | 'recall'> {
  const { pool, clock } = parts;
  const box = createSecretBox(data.secret);
  const contents = createEgress({ allow: data.allowEgress, answerBytes: FETCH_LIMITS.bytes });
  const renderPool = createRenderPool({
    publicUrl: data.publicUrl,
    tokenKey: recipientTokenKey(box),
    fetching: { http: contents, clock, secrets: secretsFrom(pool, box) },
  });
  const egress = createEgress({ allow: data.allowEgress });
  const senders = startSenders({
    ...parts,
    renderPool,
    box,
    processId: data.processId,
    publicUrl: data.publicUrl,
    http: egress,
    onError: (error) => log.error({ err: error }, 'sending failed and is repeated'),
  });
  return {
    wake: senders.wake,
    recall: senders.recall,
    async stop() {
      await senders.stop();
      await egress.close();
      await renderPool.close();
      await contents.close();
    },
  };
}
