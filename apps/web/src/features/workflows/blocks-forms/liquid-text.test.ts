import { expect, test } from 'vitest';
import { liquidOf, variableName, withVariable } from './liquid-text.ts';

test('a variable stands where the cursor is, or in the braces that wait for one', () => {
  expect(withVariable('Hi , bye', 'event.name', { from: 3, to: 3 })).toBe(
    'Hi {{ event.name }}, bye',
  );
  expect(withVariable('Hi you', 'event.name', { from: 3, to: 6 })).toBe('Hi {{ event.name }}');
  expect(withVariable('Hi {{ }}!', 'event.name', { from: 0, to: 0 })).toBe('Hi {{ event.name }}!');
});

test('a value becomes a text that says the same', () => {
  expect(liquidOf('Hi ', 'literal')).toBe('Hi {{ }}');
  expect(liquidOf(7, 'literal')).toBe('{{ }}');
  expect(liquidOf({ $contact: 'first_name' }, 'contact')).toBe('{{ contact.first_name }}');
  expect(liquidOf({ $event: '' }, 'event')).toBe('{{ }}');
});

test('a key in quotes follows without a dot', () => {
  expect(variableName('event', '["a.b"]')).toBe('event["a.b"]');
});
