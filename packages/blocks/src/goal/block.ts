import { z } from 'zod';
import { defineBlock } from '../block.ts';

const settings = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
});

/** The run reached what the workflow is for: it counts as converted, once however often it passes. */
export const goalBlock = defineBlock({
  type: 'goal',
  group: 'flow',
  icon: 'target-arrow',
  label: 'Goal',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ name }) => ({
    id: `block.goal.${name === undefined ? 'sentence' : 'named'}`,
    values: name === undefined ? {} : { name },
  }),
  literal: ['/name'],
  defaults: () => ({}),
  texts: {
    label: 'Goal',
    sentence: 'Count the run as converted',
    named: 'Reached {name}: count the run as converted',
  },
});
