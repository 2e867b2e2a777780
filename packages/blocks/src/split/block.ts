import { z } from 'zod';
import { defineBlock } from '../block.ts';
import { branchesOf } from './branches.ts';

const weight = z.int({ error: 'expected a whole number from 0' }).min(0).max(1_000_000);
const exit = z.string().regex(/^[a-z0-9_]{1,40}$/, { error: 'expected a short lower-case name' });

const settings = z.strictObject({
  /**
   * Whole numbers of any sum: by exit, or a list for the exits a, b, c, ... A list is the shorter
   * form of the same.
   */
  weights: z
    .union([z.record(exit, weight), z.array(weight).max(26)], {
      error: 'expected weights by exit, such as {"a": 50, "b": 50}',
    })
    .refine((weights) => Object.keys(weights).length >= 2, { error: 'expected two exits or more' })
    .refine((weights) => Object.values(weights).some((n) => n > 0), {
      error: 'expected a weight above 0',
    }),
});

/** Divides runs at random, the same way on every retry. */
export const splitBlock = defineBlock({
  type: 'split',
  group: 'condition',
  icon: 'arrows-split-2',
  label: 'Split',
  settings,
  exits: ({ weights }) => branchesOf(weights).map((branch) => branch.exit),
  waiting: false,
  onFailure: 'end',
  sentence: ({ weights }) => ({
    id: 'block.split.sentence',
    values: {
      shares: branchesOf(weights)
        .map((branch) => branch.weight)
        .join(' : '),
    },
  }),
  defaults: () => ({ weights: { a: 50, b: 50 } }),
  texts: { label: 'Split', sentence: 'Split at random, {shares}' },
});
