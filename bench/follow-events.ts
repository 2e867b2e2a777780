import { setTimeout as pause } from 'node:timers/promises';
import { post, read } from './post.ts';
import { trackCall } from './track-call.ts';

/** Events whose way to the card is followed, a second. */
const FOLLOWED = 5;
const EVERY_MS = 50;
const BATCH = 5;
/** Of a wait, after which it is looked again: else a long wait makes the load that prolongs it. */
const LOOK_SHARE = 0.1;

interface Activity {
  items: { kind: string; details: unknown }[];
}

interface Followed {
  base: string;
  /** To read with. */
  key: string;
  writeKey: string;
  perSecond: number;
  contacts: number;
  /** Least time between two looks of the one who follows an event. */
  lookEveryMs: number;
  /** For which the others arrive before one is followed: a program just started is not warm. */
  warmUpMs: number;
  isOver: () => boolean;
}

/**
 * From the call to the moment at which somebody who looks at the card sees it, in milliseconds,
 * while so many other events arrive in a second.
 */
export async function followEvents(asked: Followed): Promise<number[]> {
  const waits: number[] = [];
  const follows: Promise<void>[] = [];
  const crowd = sendCrowd(asked);
  await pause(asked.warmUpMs);
  while (!asked.isOver()) {
    follows.push(follow(asked).then((ms) => void waits.push(ms)));
    await pause(1000 / FOLLOWED);
  }
  await Promise.all([crowd, ...follows]);
  return waits;
}

let followed = 0;

async function follow({ base, key, writeKey, lookEveryMs }: Followed): Promise<number> {
  followed += 1;
  // Each of another contact, whose newest event this is.
  const event = `Followed${followed}`;
  const id = followed;
  const start = performance.now();
  const call = { type: 'track', userId: `u${id}`, event: 'Followed', properties: { event } };
  await post(`${base}/v1/batch`, { user: writeKey, body: { batch: [call] } });
  for (;;) {
    const path = `/manage/v1/contacts/${id}/activity?kinds=event&limit=5`;
    const { answer } = await read<Activity>(`${base}${path}`, key);
    const waited = performance.now() - start;
    if (JSON.stringify(answer.items).includes(event)) return waited;
    await pause(Math.max(lookEveryMs, waited * LOOK_SHARE));
  }
}

async function sendCrowd({ base, writeKey, perSecond, contacts, isOver }: Followed): Promise<void> {
  const calls: Promise<unknown>[] = [];
  const clients = (perSecond * EVERY_MS) / 1000 / BATCH;
  while (!isOver()) {
    const tick = performance.now();
    for (let client = 0; client < clients; client += 1) {
      const batch = Array.from({ length: BATCH }, () => trackCall(contacts));
      calls.push(post(`${base}/v1/batch`, { user: writeKey, body: { batch } }));
    }
    await pause(Math.max(0, tick + EVERY_MS - performance.now()));
  }
  await Promise.all(calls);
}
