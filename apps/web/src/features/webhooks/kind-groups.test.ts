import { WEBHOOK_KINDS } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { groupOf, groupsTold, KIND_GROUPS, kindsOf } from './kind-groups.ts';

test('every kind stands under one head', () => {
  expect(KIND_GROUPS.flatMap(kindsOf).toSorted()).toEqual([...WEBHOOK_KINDS].toSorted());
  expect(groupOf('event.received')).toBe('other');
  expect(groupOf('message.clicked')).toBe('message');
});

test('what is told is summed up by head', () => {
  expect(groupsTold(['segment.left', 'contact.merged', 'segment.entered'])).toEqual([
    { group: 'contact', kinds: ['contact.merged'], all: false },
    { group: 'segment', kinds: ['segment.entered', 'segment.left'], all: true },
  ]);
});
