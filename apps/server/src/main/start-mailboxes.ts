import { createPool } from '../db/index.ts';
import { createEgress } from '../egress/index.ts';
import { createSecretBox } from '../secret/index.ts';
import { createDeliveryKeys, createMailboxDriver } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import { createLogger } from './logger.ts';
import type { ThreadData, Work } from './thread-data.ts';

/** Looks into the mailboxes that returned mail comes to; in the thread that hands over to providers. */
export async function startMailboxes(data: ThreadData): Promise<Work> {
  const log = createLogger({ level: data.logLevel });
  const pool = createPool({ url: data.url, max: 2, name: 'perennial mailboxes' });
  const egress = createEgress({ allow: data.allowEgress });
  const box = createSecretBox(data.secret);
  const driver = createMailboxDriver({
    pool,
    box,
    http: egress,
    keys: createDeliveryKeys(box),
    slots: await readSlotCount(pool),
    processId: data.processId,
    clock: () => new Date(),
    onTaken: (taken) => log.info({ taken }, 'a mail came to a mailbox'),
    onTrouble: ({ id }, problem) => log.warn({ mailbox: id, problem }, 'a mailbox cannot be read'),
    onError: (cause) => log.error({ err: cause }, 'mailboxes failed and are looked into again'),
  });
  driver.start();
  return {
    async stop() {
      await driver.stop();
      await egress.close();
      await pool.end();
    },
  };
}
