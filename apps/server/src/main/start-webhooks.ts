import { createEgress } from '../egress/index.ts';
import type { Line } from '../jobs/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { driveWebhooks } from '../webhooks/index.ts';
import type { SendersParts } from './thread-data.ts';
import { webhookFormats } from './webhook-formats.ts';

/** What is read of a receiver's answer, in bytes. */
const ANSWER_BYTES = 64 * 1024;

/** Tells other systems of what happened; in the thread that hands over to providers. */
export function startWebhooks({ data, log, pool, clock }: SendersParts): Line {
  const egress = createEgress({ allow: data.allowEgress, answerBytes: ANSWER_BYTES });
  const line = driveWebhooks({
    pool,
    clock,
    http: egress,
    box: createSecretBox(data.secret),
    formats: webhookFormats,
    processId: data.processId,
    onError: (cause) => log.error({ err: cause }, 'webhooks failed and are repeated'),
  });
  return {
    ring: line.ring,
    async stop() {
      await line.stop();
      await egress.close();
    },
  };
}
