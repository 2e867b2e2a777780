import { z } from 'zod';
import { defineBlock } from '../block.ts';
import { segmentIdSchema } from '../workflow/starts.ts';

const settings = z.strictObject({ list: segmentIdSchema });

/** Takes the contact out of a list. */
export const removeFromListBlock = defineBlock({
  type: 'remove_from_list',
  group: 'contact',
  icon: 'list-details',
  label: 'Remove from list',
  settings,
  exits: () => ['next'],
  waiting: false,
  onFailure: 'end',
  sentence: ({ list }, names) => ({
    id: 'block.remove_from_list.sentence',
    values: { list: names.segment(list) },
  }),
  defaults: () => ({}),
  references: ({ list }) => [{ kind: 'list', id: list, path: '/list' }],
  texts: { label: 'Remove from list', sentence: 'Remove from {list}' },
});
