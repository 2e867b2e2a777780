import { z } from 'zod';
import { paramsSchema, whomSchema } from '../act/whom.ts';
import { defineBlock } from '../block.ts';
import { parameter } from '../parameter/parameter.ts';
import { eventKeySchema } from '../workflow/starts.ts';

const settings = z.strictObject({
  event: eventKeySchema,
  /** Absent: the run's own. */
  key: parameter(z.union([z.string().max(1_000), z.number()])).optional(),
  /** May hold values from elsewhere; absent: those of what started the run. */
  params: paramsSchema.optional(),
  /** Absent: the run's own contact. */
  contact: whomSchema.optional(),
});

/** An event, of the run's contact or another, which may start and stop workflows like any. */
export const launchEventBlock = defineBlock({
  type: 'launch_event',
  group: 'flow',
  icon: 'bolt',
  label: 'Launch event',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ event, contact }) => ({
    id: `block.launch_event.${contact ? 'other' : 'own'}`,
    values: { event },
  }),
  literal: ['/event'],
  defaults: () => ({ event: '' }),
  references: ({ event }) => [{ kind: 'event', key: event, path: '/event' }],
  texts: {
    label: 'Launch event',
    own: 'Launch {event}',
    other: 'Launch {event} for another contact',
  },
});
