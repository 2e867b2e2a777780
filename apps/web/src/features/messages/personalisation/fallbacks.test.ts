import { expect, test } from 'vitest';
import {
  fetchesContent,
  savedFallbacks,
  withFallback,
  withoutFallback,
  writtenVariables,
} from './fallbacks.ts';

test('what a message writes is found, each once, less what is always there', () => {
  const content = {
    subject: 'Hi {{ contact.first_name | default: "x" }}',
    html: '{{contact.first_name}} {{- event.items[0].title }} {% if contact.vip %}{{ unsubscribe_url }}{% endif %}{{ "text" }}',
    buttons: [{ text: '{{ contact.custom.goal }}' }],
  };
  expect(writtenVariables(content)).toEqual([
    'contact.first_name',
    'event.items',
    'contact.custom.goal',
  ]);
});

test('a fetch tag is seen in any language', () => {
  expect(fetchesContent({ en: { html: 'x' }, uk: { html: '{%- fetch "https://a" as b %}' } })).toBe(
    true,
  );
  expect(fetchesContent({ en: { html: 'fetch' } })).toBe(false);
});

test('a text is put, emptied and removed without touching the others', () => {
  const one = withFallback({}, { variable: 'a', language: 'en', text: 'x' });
  const two = withFallback(one, { variable: 'a', language: 'uk', text: 'y' });
  expect(two).toEqual({ a: { en: 'x', uk: 'y' } });
  expect(withFallback(two, { variable: 'a', language: 'en', text: '' })).toEqual({
    a: { uk: 'y' },
  });
  expect(withoutFallback({ ...two, b: { en: 'z' } }, 'a')).toEqual({ b: { en: 'z' } });
  expect(savedFallbacks({ a: {}, b: { en: 'z' } })).toEqual({ b: { en: 'z' } });
});
