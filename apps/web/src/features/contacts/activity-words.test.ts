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

test('a contact that came is said in words, with what brought it', () => {
  const came = item({ kind: 'field', name: 'x', type: 'ContactCreated', source: 'identify' });
  expect(activityWords({ ...came, details: { source: '•••' } }, t)).toEqual({
    title: 'contacts.activity.fact.ContactCreated {"name":"x"}',
    detail: 'contacts.activity.came.identify {}',
  });
  expect(activityWords({ ...came, source: 'fax' }, t).detail).toBe('fax');
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

test('one field that changed is called by its name, with both values', () => {
  const details = { field: 'custom.goal', from: null, to: 'Run 5 km' };
  expect(activityWords(item({ kind: 'field', type: 'FieldChanged', details }), t)).toEqual({
    title: 'goal',
    detail: '– → Run 5 km',
  });
});

test('several fields have a line each, and a long list says how many are left', () => {
  const change = (n: number) => ({ field: `custom.f${n}`, from: n, to: n + 1 });
  const changed = (n: number) =>
    activityWords(
      item({
        kind: 'field',
        type: 'FieldChanged',
        details: { changes: Array.from({ length: n }, (_, at) => change(at)) },
      }),
      t,
    );
  expect(changed(2)).toEqual({
    title: 'contacts.activity.changed {"n":2}',
    detail: null,
    lines: ['f0: 0 → 1', 'f1: 1 → 2'],
  });
  expect(changed(20).lines).toHaveLength(9);
  expect(changed(20).lines?.at(-1)).toBe('contacts.activity.more {"n":12}');
});
