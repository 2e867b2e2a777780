import type { Activity } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { activityWords, summaryOf } from './activity-words.ts';

const t = (id: string, values?: object) => `${id} ${JSON.stringify(values ?? {})}`;

function item(values: Partial<Activity>): Activity {
  return {
    id: '1',
    kind: 'event',
    name: 'Welcome',
    type: null,
    channel: null,
    status: null,
    at: '2026-01-01T00:00:00Z',
    source: null,
    details: {},
    started: [],
    ...values,
  };
}

test('an event of the app is called by its name, with its first parameters', () => {
  const words = activityWords(item({ name: 'Bought', type: 'Bought', details: { sum: 5 } }), t);
  expect(words).toEqual({ title: 'Bought', detail: 'sum: 5' });
});

test('a fact about a message is a sentence, a click with its address', () => {
  const click = item({ type: 'MessageClicked', details: { url: 'https://x', run: '1' } });
  expect(activityWords(click, t)).toEqual({
    title: 'contacts.activity.fact.MessageClicked {"name":"Welcome"}',
    detail: 'https://x',
  });
});

test('a change of a field says from what to what', () => {
  const change = item({ kind: 'field', name: 'plan', details: { from: null, to: 'premium' } });
  expect(activityWords(change, t)).toEqual({ title: 'plan', detail: '– → premium' });
});

test('a send says which workflow made it', () => {
  const send = item({ kind: 'send', details: { workflow: 'Welcome', run: '1' } });
  expect(activityWords(send, t).detail).toContain('"workflow":"Welcome"');
  expect(activityWords(item({ kind: 'send' }), t).detail).toBeNull();
});

test('a summary names the first plain members and leaves nested ones to the details', () => {
  expect(summaryOf({ workout: 'yoga', heart: { rate: 120 }, minutes: 30, note: '' })).toBe(
    'workout: yoga · minutes: 30',
  );
  expect(summaryOf({})).toBeNull();
});
