import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE_MS } from '../people/local-time.ts';
import { findMailAfter, findUsers, lastDeliveryBefore } from '../queries.ts';
import { createRandom } from '../random.ts';
import { createDirector } from './director.ts';
import { createMailReaders } from './mail-readers.ts';
import type { SimulatorParts } from './simulator-parts.ts';
import { createTracker } from './tracker.ts';
import { createWorld, MOST_INHABITANTS } from './world.ts';

const STEP_MS = 250;
/** Steps between looks at new mail. */
const MAIL_EVERY = 12;
/** What came so shortly before may still be read. */
const UNREAD_MS = 10 * MINUTE_MS;
const MAILS_AT_ONCE = 50;
/** One word about trouble a minute. */
const TELL_EVERY_MS = 60_000;

/** Plays the sample's users until the signal is given. */
export async function runSimulator(
  parts: SimulatorParts,
  { workspaceId, writeKey, signal }: { workspaceId: number; writeKey: string; signal: AbortSignal },
): Promise<void> {
  const { pool, baseUrl, publicUrl, clock, log } = parts;
  const startedAt = clock().getTime();
  const random = createRandom(`simulator ${startedAt}`);
  const onError = tellNowAndThen(parts);
  const users = await findUsers(pool, { workspaceId, limit: MOST_INHABITANTS });
  const world = createWorld({ users, now: startedAt, random });
  const director = createDirector({ world, random, startedAt });
  const tracker = createTracker({ baseUrl, writeKey, onError });
  const readers = createMailReaders({ baseUrl, publicUrl, random, onError, signal });
  const before = new Date(startedAt - UNREAD_MS);
  let seen = await lastDeliveryBefore(pool, { workspaceId, before });
  log.info({ users: world.size }, 'simulator: running');
  try {
    for (let step = 1; !signal.aborted; step += 1) {
      const now = clock().getTime();
      for (const call of director.due(now)) tracker.send(call);
      for (const address of await readers.read(now)) director.invite(address, now);
      if (step % MAIL_EVERY === 0) {
        const mails = await findMailAfter(pool, { workspaceId, after: seen, limit: MAILS_AT_ONCE });
        seen = mails.at(-1)?.delivery_id ?? seen;
        readers.receive(mails, now);
      }
      await sleep(STEP_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    await tracker.close();
    log.info({}, 'simulator: stopped');
  }
}

function tellNowAndThen({ log, clock }: SimulatorParts): (cause: unknown) => void {
  let told = 0;
  return (cause) => {
    const now = clock().getTime();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    log.warn({ err: cause }, 'simulator: a request failed');
  };
}
