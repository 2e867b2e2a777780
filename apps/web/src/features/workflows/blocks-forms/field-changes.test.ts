import { findBlock } from '@perennial/blocks';
import { expect, test } from 'vitest';
import { changesOf, operationsFor, pathOfChange, settingsOf } from './field-changes.ts';

const settings = {
  set: { first_name: 'Ann', 'custom.plan': { $event: 'plan' } },
  increment: { 'custom.visits': 1 },
  append: { 'custom.tags': 'vip' },
  clear: ['custom.trial', 'city'],
};

test('a block is read as changes and written back as it was', () => {
  const changes = changesOf(settings);
  expect(changes.map(({ field, operation }) => `${operation} ${field}`)).toEqual([
    'set first_name',
    'set custom.plan',
    'increment custom.visits',
    'append custom.tags',
    'clear custom.trial',
    'clear city',
  ]);
  expect(settingsOf(changes)).toEqual(settings);
  expect(findBlock('update_fields')!.settings.safeParse(settingsOf(changes)).success).toBe(true);
});

test('each change has its place in the block', () => {
  const changes = changesOf({ ...settings, set: { 'custom.a/b': 1 } });
  expect(changes.map((change) => pathOfChange(changes, change))).toEqual([
    '/set/custom.a~1b',
    '/increment/custom.visits',
    '/append/custom.tags',
    '/clear/0',
    '/clear/1',
  ]);
});

test('only numbers are counted up, and only lists get more', () => {
  expect(operationsFor('number')).toContain('increment');
  expect(operationsFor('list')).toContain('append');
  expect(operationsFor('text')).toEqual(['set', 'clear']);
});
