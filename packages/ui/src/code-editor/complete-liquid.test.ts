import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { completeLiquid } from './complete-liquid.ts';

const complete = completeLiquid({
  variables: ['contact.first_name'],
  filters: [{ name: 'money', insert: 'money: "EUR"', example: '€5.00' }],
  tags: ['if', 'endif'],
  blocks: [
    { key: 'footer', name: 'Footer' },
    { key: 'button', name: 'Button', parameters: ['label', 'url'] },
  ],
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
  ['{% if contact.age > 18 and con', 27, 'contact.first_name'],
])('%s is completed from %d on with %s', (text, from, label) => {
  expect(offered(text)).toEqual({ from, labels: [label] });
});

test('a shared block is completed by its key, and then by its parameters', () => {
  expect(offered("{% include 'b")).toEqual({ from: 12, labels: ['footer', 'button'] });
  for (const text of [
    "{% include 'button', ",
    '{% include "button" la',
    "{%- include 'button', label: 'Buy: now', u",
    "{% include 'button', url: event.items[0].url, ",
  ]) {
    expect(offered(text)?.labels).toEqual(['label', 'url']);
  }
  expect(offered("{% include 'footer', ")?.labels).toEqual([]);
  expect(offered("{% include 'button', url: con")?.labels).toEqual(['contact.first_name']);
});

test.each(['{%', '{%- ', '{{ a }}{% en'])('%s is completed with a tag', (text) => {
  expect(offered(text)?.labels).toEqual(['if', 'endif']);
});

test.each(['Hi con', '{{ done }} con', 'a | mo'])('%s is no Liquid', (text) => {
  expect(offered(text)).toBeNull();
});
