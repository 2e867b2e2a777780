import type { Bench, BenchContext } from './bench.ts';
import { followEvents } from './follow-events.ts';
import { newKey } from './keys.ts';
import { percentile, timed } from './measure.ts';
import { fillContacts } from './population.ts';
import { startBenchProgram } from './program.ts';

const CONTACTS = 300_000;
const PER_SECOND = 2000;
const LOOK_EVERY_MS = 10;
const WARM_UP_MS = 10_000;

/** From the call to the moment at which somebody who looks at the card sees it. */
export const visibleBench: Bench = {
  name: 'visible',
  title: `Visible: from the call to the card, at ${PER_SECOND} events/s over HTTP`,
  async run({ database, scale }) {
    await fillContacts(database, { contacts: CONTACTS, now: Date.now() });
    const key = await newKey(database, 'management');
    const commit = await oneCommit(database);
    const program = await startBenchProgram(database, { role: 'all' });
    const seconds = Math.max(10, Math.round(60 * scale));
    const until = performance.now() + WARM_UP_MS + seconds * 1000;
    const waits = await followEvents({
      base: program.url,
      key,
      writeKey: database.writeKey,
      perSecond: PER_SECOND,
      contacts: CONTACTS,
      lookEveryMs: LOOK_EVERY_MS,
      warmUpMs: WARM_UP_MS,
      isOver: () => performance.now() >= until,
    });
    await program.stop();
    return [50, 99].map((p) => ({
      what: `event to visible on the card at ${PER_SECOND} events/s, p${p}`,
      value: percentile(waits, p),
      unit: 'ms',
      ...(p === 99 && { budget: 500, atMost: true }),
      limit: { what: 'one commit', value: commit },
      note: `${waits.length} events followed after ${WARM_UP_MS / 1000} s, looking every ${LOOK_EVERY_MS} ms`,
    }));
  },
};

async function oneCommit({ pool, workspaceId }: BenchContext['database']): Promise<number> {
  const spent: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    spent.push(
      await timed(() =>
        pool.query(`update resolvers set mark = mark + interval '1 ms' where workspace_id = $1`, [
          workspaceId,
        ]),
      ),
    );
  }
  return percentile(spent, 50);
}
