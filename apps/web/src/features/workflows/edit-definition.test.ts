import { expect, test } from 'vitest';
import { withNote, withSettings } from './edit-definition.ts';

const definition = {
  first: 'a',
  blocks: {
    a: { type: 'email', message: '7', priority: 'low', exits: { next: 'b' }, note: 'Hi' },
    b: { type: 'end' },
    c: { type: 'switch', conditions: [{}, {}], exits: { 1: 'a', 2: 'b', else: 'b' } },
  },
};

test('other settings leave exits, note and the other blocks alone', () => {
  expect(withSettings(definition, 'a', { message: '7', ttl: { n: 1, unit: 'day' } })).toEqual({
    ...definition,
    blocks: {
      ...definition.blocks,
      a: {
        type: 'email',
        message: '7',
        ttl: { n: 1, unit: 'day' },
        exits: { next: 'b' },
        note: 'Hi',
      },
    },
  });
  expect(withSettings(definition, 'gone', {})).toBe(definition);
});

test('exits that are called otherwise lead where they led, and those that are gone nowhere', () => {
  const swapped = withSettings(definition, 'c', { conditions: [{}, {}] }, { 1: '2', 2: '1' });
  expect(swapped).toHaveProperty('blocks.c.exits', { 2: 'a', 1: 'b', else: 'b' });
  const removed = withSettings(definition, 'c', { conditions: [{}] }, { 1: null, 2: '1' });
  expect(removed).toHaveProperty('blocks.c.exits', { 1: 'b', else: 'b' });
});

test('a note is written and taken away', () => {
  expect(withNote(definition, 'b', 'Why')).toHaveProperty('blocks.b', { type: 'end', note: 'Why' });
  expect(withNote(definition, 'a', undefined)).not.toHaveProperty('blocks.a.note');
});
