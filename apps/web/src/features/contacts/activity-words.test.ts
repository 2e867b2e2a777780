import type { Activity } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { activityWords as wordsOf, summaryOf, type CardWords } from './activity-words.ts';

const plainly: CardWords = {
  label: (field) => field.replace(/^custom\./, ''),
  value: (value) =>
    typeof value === 'string' ? value : value === null ? '–' : JSON.stringify(value),
  categories: (keys) => keys.map((key) => key.toUpperCase()).join(' and '),
  channel: (key) => key.toUpperCase(),
  amount: (total, currency) => `${total} ${currency}`,
  day: (at) => at.slice(0, 10),
};
const activityWords = (line: Activity, say: typeof t) => wordsOf(line, say, plainly);

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

const consent = (details: Activity['details']) =>
  activityWords(item({ kind: 'subscription', type: 'SubscriptionChanged', details }), t);

test('an opt-in names the categories, and quotes what was agreed to and when', () => {
  const details = {
    subscribed: ['news'],
    unsubscribed: [],
    text: 'Yes',
    decided_at: '2026-01-01T10:00:00Z',
  };
  expect(consent(details)).toEqual({
    title: 'contacts.consent.categories.in {"in":"NEWS","out":""}',
    detail:
      'contacts.activity.quote {"text":"Yes"} · contacts.activity.decided {"day":"2026-01-01"}',
  });
});

test('what happened to an address is said with its channel, and that it was confirmed', () => {
  const details = { channel: 'sms', address: '+380', status: 'bounced', details: 'no such number' };
  expect(consent(details)).toEqual({
    title: 'contacts.consent.bounced {"channel":"SMS","reason":""}',
    detail: '+380 · no such number',
  });
  const confirmed = item({
    kind: 'subscription',
    type: 'SubscriptionConfirmed',
    details: { channel: 'email', address: 'ada@example.com' },
  });
  expect(activityWords(confirmed, t)).toEqual({
    title: 'contacts.consent.confirmed {"channel":"EMAIL","reason":""}',
    detail: 'ada@example.com',
  });
});

test('of a masked consent only that there was one is said', () => {
  expect(consent({ subscribed: '•••', unsubscribed: '•••' })).toEqual({
    title: 'contacts.activity.consent {}',
    detail: null,
  });
});

test('an order is said with its number, its amount and its own day', () => {
  const order = item({
    kind: 'order',
    type: 'orderDELIVERED',
    name: 'orderDELIVERED',
    details: { key: 'o1', totalCost: 99.5, currency: 'EUR', date: '2025-11-20T10:00:00Z' },
  });
  expect(activityWords(order, t)).toEqual({
    title: 'contacts.activity.order.DELIVERED {"order":"o1"}',
    detail: '99.5 EUR · 2025-11-20',
  });
  expect(activityWords({ ...order, details: { sum: 5 } }, t)).toEqual({
    title: 'orderDELIVERED',
    detail: 'sum: 5',
  });
});

test('a merge and its undoing name the other contact; one that is apart again is linked', () => {
  const merged = item({ kind: 'profile', type: 'ContactMerged', details: { merged: '7' } });
  expect(activityWords(merged, t)).toEqual({
    title: 'contacts.activity.merged.with {"id":"7"}',
    detail: null,
  });
  const undone = item({ kind: 'profile', type: 'ContactUnmerged', details: { from: '7' } });
  expect(activityWords(undone, t)).toEqual({
    title: 'contacts.activity.unmerged.with {"id":"7"}',
    detail: null,
    other: '7',
  });
  expect(activityWords({ ...undone, details: { from: '•••' } }, t).title).toBe(
    'contacts.activity.unmerged {}',
  );
});
