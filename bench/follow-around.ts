import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from './bench.ts';
import type { BenchDatabase } from './database.ts';
import { followEvents } from './follow-events.ts';
import { newKey } from './keys.ts';
import { percentile } from './measure.ts';
import type { BenchProgram } from './program.ts';

const PER_SECOND = 500;
/** Each look costs the same two cores. */
const LOOK_EVERY_MS = 50;
const WARM_UP_MS = 10_000;
/** Between what was followed before and the instant. */
const CALM_MS = 3000;

/**
 * What events take to the card, as `visible` measures it: before an instant, and from then on until
 * `act` is done.
 */
export async function followAround(
  {
    database,
    program,
    contacts,
  }: { database: BenchDatabase; program: BenchProgram; contacts: number },
  { at, act }: { at: number; act: () => Promise<void> },
): Promise<Figure[]> {
  const key = await newKey(database, 'management');
  const follow = (isOver: () => boolean, warmUpMs: number): Promise<number[]> =>
    followEvents({
      base: program.url,
      key,
      writeKey: database.writeKey,
      perSecond: PER_SECOND,
      contacts,
      lookEveryMs: LOOK_EVERY_MS,
      warmUpMs,
      isOver,
    });
  const before = await follow(() => Date.now() >= at - CALM_MS, WARM_UP_MS);
  await pause(Math.max(0, at + 1 - Date.now()));
  let isOver = false;
  const following = follow(() => isOver, 0);
  await act();
  isOver = true;
  return figuresOf({ before, meanwhile: await following });
}

function figuresOf({ before, meanwhile }: { before: number[]; meanwhile: number[] }): Figure[] {
  return [50, 99].map((p) => ({
    what: `event to visible on the card meanwhile, ${PER_SECOND} events/s, p${p}`,
    value: percentile(meanwhile, p),
    unit: 'ms',
    ...(p === 99 && { budget: 500, atMost: true }),
    limit: { what: 'the same before it', value: percentile(before, p) },
    note: `${meanwhile.length} events followed, ${before.length} before`,
  }));
}
