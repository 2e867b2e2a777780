import { ANSWER_BYTES, driveCalls } from '../calls/index.ts';
import { createEgress } from '../egress/index.ts';
import type { Line } from '../jobs/index.ts';
import { createSecretBox } from '../secret/index.ts';
import type { SendersParts } from './thread-data.ts';

/** Makes the calls that runs wait for; in the thread that hands over to providers. */
export function startCalls({ data, log, ...parts }: SendersParts): Line {
  const egress = createEgress({ allow: data.allowEgress, answerBytes: ANSWER_BYTES });
  const line = driveCalls({
    ...parts,
    egress,
    box: createSecretBox(data.secret),
    onError: (cause) => log.error({ err: cause }, 'calls of workflows failed and are repeated'),
  });
  return {
    ring: line.ring,
    async stop() {
      await line.stop();
      await egress.close();
    },
  };
}
