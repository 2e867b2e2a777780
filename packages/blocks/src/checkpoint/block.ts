import { z } from 'zod';
import { defineBlock } from '../block.ts';

const settings = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
});

/** Does nothing: joins branches, and marks in the history that a run came this way. */
export const checkpointBlock = defineBlock({
  type: 'checkpoint',
  group: 'flow',
  icon: 'map-pin',
  label: 'Checkpoint',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ name }) => ({
    id: `block.checkpoint.${name === undefined ? 'sentence' : 'named'}`,
    values: name === undefined ? {} : { name },
  }),
  literal: ['/name'],
  defaults: () => ({}),
  texts: { label: 'Checkpoint', sentence: 'Mark that the run came here', named: '{name}' },
});
