import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasLiquid, liquidParts } from './liquid-parts.ts';

const shown = (text: string): string =>
  liquidParts(text)
    .map((part) => (part.kind ? `[${part.kind} ${part.text}]` : part.text))
    .join('');

test.each([
  ['Hello', 'Hello'],
  ['Hi {{ contact.first_name }}!', 'Hi [mark {{] contact.first_name [mark }}]!'],
  [
    `{{ event.sum | money: 'UAH', 2 }}`,
    `[mark {{] event.sum | [filter money]: [text 'UAH'], [number 2] [mark }}]`,
  ],
  [
    '{%- if a.b1 and c -%}A{% endif %}',
    '[mark {%-] [keyword if] a.b1 [keyword and] c [mark -%}]A[mark {%] [keyword endif] [mark %}]',
  ],
  ['{{ half', '{{ half'],
  ['{ } {{}} {%%}', '{ } [mark {{][mark }}] [mark {%][mark %}]'],
  ['{{-}}', '[mark {{-][mark }}]'],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('the parts are the text, whatever is typed', () => {
  const pieces = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '-',
    ' ',
    '|',
    '"',
    "'",
    'if',
    '1',
    'é',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }), (typed) => {
      const text = typed.join('');
      const parts = liquidParts(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      expect(parts.some(({ kind }) => kind === 'mark')).toBe(hasLiquid(text));
    }),
  );
});
