import { z } from 'zod';
import { defineBlock } from '../block.ts';

const settings = z.strictObject({
  /**
   * A node of the segment language, which here also has `event_param` and `now`. Its fields are the
   * workspace's, so what it says is checked where those are known.
   */
  condition: z.looseObject({}, { error: 'expected a condition' }),
});

/** Goes on by `yes` or `no`, as its condition is true for the contact. */
export const ifBlock = defineBlock({
  type: 'if',
  group: 'condition',
  icon: 'git-branch',
  label: 'If',
  settings,
  exits: () => ['yes', 'no'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ condition }, names) => ({
    id: 'block.if.sentence',
    values: { condition: names.condition(condition) },
  }),
  defaults: () => ({ condition: { all: [] } }),
  nodes: ({ condition }) => [{ node: condition, path: '/condition' }],
  texts: { label: 'If', sentence: 'If {condition}' },
});
