import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { completeLiquid } from './complete-liquid.ts';

const complete = completeLiquid({
  variables: ['contact.first_name'],
  filters: [{ name: 'money', insert: 'money: "EUR"', example: '€5.00' }],
  tags: ['if', 'endif'],
  blocks: [{ key: 'footer', name: 'Footer' }],
});

function offered(text: string): { from: number; labels: string[] } | null {
  const state = EditorState.create({ doc: text });
  const found = complete(new CompletionContext(state, text.length, true));
  return found && { from: found.from, labels: found.options.map(({ label }) => label) };
}

test.each([
  ['Hi {{ con', 6, 'contact.first_name'],
  ['{% if contact.', 6, 'contact.first_name'],
  ['{{ event.price | mo', 17, 'money'],
  ['{{ event.price |', 16, 'money'],
  ['{{ event.price | plus: con', 23, 'contact.first_name'],
  ["{% include 'foo", 12, 'footer'],
  ['{% if contact.age > 18 and con', 27, 'contact.first_name'],
])('%s is completed from %d on with %s', (text, from, label) => {
  expect(offered(text)).toEqual({ from, labels: [label] });
});

test.each(['{%', '{%- ', '{{ a }}{% en'])('%s is completed with a tag', (text) => {
  expect(offered(text)?.labels).toEqual(['if', 'endif']);
});

test.each(['Hi con', '{{ done }} con', 'a | mo'])('%s is no Liquid', (text) => {
  expect(offered(text)).toBeNull();
});
