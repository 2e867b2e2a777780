import { z } from 'zod';
import { defineBlock } from '../block.ts';

const MOST_CASES = 50;

const settings = z.strictObject({
  /** Nodes of the segment language, as of an `if`; the first that is true says the exit: 1, 2, ... */
  conditions: z
    .array(z.looseObject({}, { error: 'expected a condition' }))
    .min(1, 'expected one condition or more')
    .max(MOST_CASES),
});

/** Goes on by the number of the first condition that is true, or by `else`. */
export const switchBlock = defineBlock({
  type: 'switch',
  group: 'condition',
  icon: 'route',
  label: 'Switch',
  settings,
  exits: ({ conditions }) => [...conditions.map((_, i) => String(i + 1)), 'else'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ conditions }, names) => ({
    id: 'block.switch.sentence',
    values: { count: conditions.length, first: names.condition(conditions[0]) },
  }),
  defaults: () => ({ conditions: [{ all: [] }, { all: [] }] }),
  nodes: ({ conditions }) => conditions.map((node, i) => ({ node, path: `/conditions/${i}` })),
  texts: {
    label: 'Switch',
    sentence:
      '{count, plural, one {If {first}} other {The first of {count} conditions, beginning with: {first}}}',
  },
});
