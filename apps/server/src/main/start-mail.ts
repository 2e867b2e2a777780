import type { Logger } from 'pino';
import type { Pool } from '../db/index.ts';
import type { SecretBox } from '../secret/index.ts';
import { createDeliveryKeys, listenForMail } from '../sends/index.ts';
import { readSlotCount } from '../slots/index.ts';
import type { Work } from './thread-data.ts';

interface MailParts {
  pool: Pool;
  box: SecretBox;
  host: string;
  port: number;
  clock: () => Date;
  log: Logger;
}

/** Takes mail for return addresses. */
export async function startMail({ pool, box, log, ...where }: MailParts): Promise<Work> {
  const listener = await listenForMail({
    ...where,
    pool,
    keys: createDeliveryKeys(box),
    slots: await readSlotCount(pool),
    onTaken: (taken) => log.info({ taken }, 'a mail came to a return address'),
    onError: (cause) => log.error({ err: cause }, 'returned mail could not be taken'),
  });
  log.info({ port: listener.port }, 'taking mail for return addresses');
  return listener;
}
