import { createEgress } from '../egress/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { createDeliveryKeys, createMailboxDriver } from '../sends/index.ts';
import type { SendersParts, Work } from './thread-data.ts';

/** Looks into the mailboxes that returned mail comes to; in the thread that hands over to providers. */
export function startMailboxes({ data, log, ...parts }: SendersParts): Work {
  const egress = createEgress({ allow: data.allowEgress });
  const box = createSecretBox(data.secret);
  const driver = createMailboxDriver({
    ...parts,
    box,
    http: egress,
    keys: createDeliveryKeys(box),
    processId: data.processId,
    onTaken: (taken) => log.info({ taken }, 'a mail came to a mailbox'),
    onTrouble: ({ id }, problem) => log.warn({ mailbox: id, problem }, 'a mailbox cannot be read'),
    onError: (cause) => log.error({ err: cause }, 'mailboxes failed and are looked into again'),
  });
  driver.start();
  return {
    async stop() {
      await driver.stop();
      await egress.close();
    },
  };
}
