/** What the reference shows of event calls, whose bodies `event-body.ts` reads by itself. */
import { z } from 'zod';
import type { EventVersion } from './event-body.ts';
import { MOST_PAST_EVENTS } from './past-events.ts';

const PARAMS: Record<EventVersion, z.ZodType> = {
  v1: z.array(z.object({ name: z.string().max(100), value: z.string() })),
  v2: z.array(z.object({ name: z.string().max(100), value: z.unknown() })),
  v3: z.record(z.string().max(100), z.unknown()),
};

const members = { eventTypeKey: z.string().max(100), keyValue: z.string().max(300).optional() };

function forEach<Made>(make: (version: EventVersion) => Made): Record<EventVersion, Made> {
  return { v1: make('v1'), v2: make('v2'), v3: make('v3') };
}

export const EVENT_SHAPES = forEach((version) =>
  z.object({ ...members, params: PARAMS[version].optional() }),
);

export const PAST_SHAPES = forEach((version) => {
  const event = z.object({
    ...members,
    keyValue: z.string().max(300),
    params: PARAMS[version].optional(),
    occurred: z.string(),
  });
  return z.object({ events: z.array(event).max(MOST_PAST_EVENTS) });
});

const params = { externalCustomerId: 'user-1', kind: 'Running', minutes: 34 };

/** v1 writes every value as a text. */
export const EVENT_EXAMPLES = forEach((version) => ({
  eventTypeKey: 'WorkoutCompleted',
  params:
    version === 'v3'
      ? params
      : Object.entries(params).map(([name, value]) => ({
          name,
          value: version === 'v1' ? String(value) : value,
        })),
}));
