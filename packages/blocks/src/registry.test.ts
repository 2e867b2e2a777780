import { expect, test } from 'vitest';
import { blocks } from './registry.ts';
import { steps } from './steps.ts';
import { blockTexts } from './texts.ts';

const names = {
  message: (id: string) => `message ${id}`,
  field: (key: string) => key,
  segment: (id: string) => `segment ${id}`,
  pool: (id: string) => `pool ${id}`,
  weekdays: (days: readonly number[]) => days.join(),
  condition: () => 'a condition',
};

test('every kind is registered under its own type, with a step', () => {
  for (const [type, block] of Object.entries(blocks)) {
    expect(block.type).toBe(type);
    expect(steps).toHaveProperty(type);
  }
});

test.each([
  ['email', { message: '1' }],
  ['one_from_many', { channel: 'email', include: ['5'] }],
  ['one_from_many', { channel: 'sms', include: ['5', '6'], mode: 'equal' }],
  ['one_from_many', { channel: 'email', include: ['5'], goal: { type: 'event', event: 'Bought' } }],
  ['timer', { wait: { n: 1, unit: 'day' } }],
  ['timer', { wait: { n: { $event: 'days' }, unit: 'day' } }],
  ['timer', { until: { weekdays: [1], time: '09:00' } }],
  ['timer', { wait: { n: 1, unit: 'day' }, until: { weekdays: [1], time: '09:00', zone: 'UTC' } }],
  ['if', { condition: {} }],
  ['split', { weights: { a: 1, b: 2 } }],
  ['update_fields', { set: { first_name: 'x' } }],
  ['wait_until', { date: '2026-05-01' }],
  ['wait_until', { date: { $event: 'date' }, offset: { n: -3, unit: 'day' } }],
  ['wait_for', { event: 'Bought', timeout: { n: 1, unit: 'day' } }],
  ['wait_for', { segment: '7', timeout: { n: 1, unit: 'day' } }],
  [
    'wait_for',
    { message_status: { block: 'b1', status: 'opened' }, timeout: { n: 1, unit: 'day' } },
  ],
  ['wait_for', { timeout: { n: 1, unit: 'day' } }],
  ['switch', { conditions: [{}, {}] }],
  ['add_to_list', { list: '7' }],
  ['remove_from_list', { list: '7' }],
  ['subscribe', { category: 'news' }],
  ['subscribe', {}],
  ['unsubscribe', { channel: 'email' }],
  ['confirm', {}],
  ['create_contact', { email: 'ann@example.com' }],
  ['launch_event', { event: 'Greeted' }],
  ['launch_event', { event: 'Greeted', contact: { email: 'ann@example.com' } }],
  ['start_workflow', { workflow: '3' }],
  ['webhook', { url: 'https://example.com/hook' }],
  ['webhook', { url: '{{ event.url }}' }],
  ['promo_code', { pool: '1' }],
  ['promo_code', { pool: '1', lives: { n: 1, unit: 'week' } }],
  ['message_to_segment', { message: '3', segment: '7' }],
  ['goal', { name: 'Bought' }],
  ['goal', {}],
  ['checkpoint', {}],
  ['end', {}],
  ['end', { reason: 'bought' }],
] as const)('the sentence of %s with %j has a text for its values', (type, json) => {
  const block = blocks[type];
  const { id, values } = block.sentence(block.settings.parse(json) as never, names);
  const text = blockTexts[id];
  expect(text, id).toBeDefined();
  // Without the words of plurals, what stands in braces is a placeholder.
  const placeholders = text!
    .replaceAll(/(one|other|before) \{[a-z]+\}/g, '')
    .matchAll(/\{([a-z]+)[,}]/g);
  for (const [, name] of placeholders) expect(values).toHaveProperty(name!);
});
