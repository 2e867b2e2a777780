import { z } from 'zod';
import type { EventFact } from '../facts.ts';
import { firstAt, lastAt } from '../condensed/condensed-events.ts';
import { periodSpan } from '../periods/index.ts';
import { instantText } from '../time/instant-text.ts';
import { isWithin, nextEdge } from '../time/range.ts';
import { resolveZone } from '../time/zones.ts';
import type { MeasureDefinition } from './measure.ts';

/**
 * Whether the first or last of the matching events, over all history, lies in the period. No such
 * event: false.
 */
export function extremeMeasure<Kind extends 'first' | 'last'>(kind: Kind, sentence: string) {
  const schema = z.strictObject({ kind: z.literal(kind) });
  const find = kind === 'first' ? earliest : latest;
  return {
    kind,
    schema,
    wholeHistory: true,
    compile(_measure, { period, range }) {
      return (history, clock) => {
        const found = find(history.all());
        if (found === undefined) {
          return { result: false, values: () => ({ [kind]: null }), changesAt: () => Infinity };
        }
        return {
          result: isWithin(found, range(clock)),
          values: () => ({ [kind]: instantText(found) }),
          changesAt: () =>
            nextEdge(periodSpan(period, resolveZone(period.zone, clock), found), clock.now),
        };
      };
    },
    sentence,
  } satisfies MeasureDefinition<z.infer<typeof schema>>;
}

function earliest(events: readonly EventFact[]): number | undefined {
  return events.length === 0 ? undefined : reduceTimes(events.map(firstAt), Math.min);
}

function latest(events: readonly EventFact[]): number | undefined {
  return events.length === 0 ? undefined : reduceTimes(events.map(lastAt), Math.max);
}

function reduceTimes(times: readonly number[], choose: (a: number, b: number) => number): number {
  return times.reduce((a, b) => choose(a, b));
}
