import { z } from 'zod';
import { defineBlock } from '../block.ts';

/** The run is completed. */
export const endBlock = defineBlock({
  type: 'end',
  group: 'flow',
  icon: 'flag',
  label: 'End',
  settings: z.strictObject({ reason: z.string().max(200).optional() }),
  exits: () => [],
  waiting: false,
  onFailure: 'end',
  sentence: ({ reason }) =>
    reason
      ? { id: 'block.end.because', values: { reason } }
      : { id: 'block.end.sentence', values: {} },
  defaults: () => ({}),
  texts: { label: 'End', sentence: 'The run ends here', because: 'The run ends here: {reason}' },
});
