import { z } from 'zod';
import { defineBlock } from '../block.ts';
import { segmentIdSchema } from '../workflow/starts.ts';

const settings = z.strictObject({ list: segmentIdSchema });

/** Puts the contact into a list. */
export const addToListBlock = defineBlock({
  type: 'add_to_list',
  group: 'contact',
  icon: 'list-check',
  label: 'Add to list',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ list }, names) => ({
    id: 'block.add_to_list.sentence',
    values: { list: names.segment(list) },
  }),
  defaults: () => ({}),
  references: ({ list }) => [{ kind: 'list', id: list, path: '/list' }],
  texts: { label: 'Add to list', sentence: 'Add to {list}' },
});
