import { expect, test } from 'vitest';
import { fieldsOf } from './fields-of.ts';

test('fields keep the order of the schema and say which are required', () => {
  const fields = fieldsOf({
    properties: { title: { type: 'string', maxLength: 100 }, sound: { type: 'string' } },
    required: ['title'],
  });
  expect(fields).toEqual([
    { name: 'title', required: true, kind: 'text', maxLength: 100 },
    { name: 'sound', required: false, kind: 'text' },
  ]);
});

test('a member with a default need not be filled in', () => {
  const [port] = fieldsOf({
    properties: { port: { type: 'integer', default: 587, minimum: 1, maximum: 65_535 } },
    required: ['port'],
  });
  expect(port).toEqual({
    name: 'port',
    required: false,
    default: 587,
    kind: 'number',
    integer: true,
    minimum: 1,
    maximum: 65_535,
  });
});

test('a number that may be a template is typed as text', () => {
  const [badge] = fieldsOf({
    properties: { badge: { anyOf: [{ type: 'integer' }, { type: 'string', maxLength: 1000 }] } },
  });
  expect(badge).toMatchObject({ kind: 'text', maxLength: 1000 });
});

test('long texts, choices, groups, lists and free JSON each get their own control', () => {
  const link = { type: 'object', properties: { text: { type: 'string' } } };
  const fields = fieldsOf({
    properties: {
      text: { type: 'string', maxLength: 5000 },
      layout: { type: 'string', enum: ['popup', 'bar'] },
      button: link,
      buttons: { type: 'array', items: link, maxItems: 4 },
      data: { type: 'object' },
      silent: { type: 'boolean' },
    },
  });
  expect(fields.map((field) => field.kind)).toEqual([
    'long',
    'choice',
    'group',
    'list',
    'json',
    'switch',
  ]);
});
