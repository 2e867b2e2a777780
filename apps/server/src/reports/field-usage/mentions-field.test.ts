import { expect, test } from 'vitest';
import { mentionsField } from './mentions-field.ts';

test.each([
  [{ type: 'field', field: 'custom.plan', op: 'equals' }, 'custom.plan', true],
  [{ type: 'field', field: 'custom.plan_b' }, 'custom.plan', false],
  [{ blocks: { a: { set: { 'custom.plan': 'free' } } } }, 'custom.plan', true],
  [{ channel: 'email' }, 'email', false],
  [{ type: 'field', field: 'email' }, 'email', true],
  [{ en: { subject: 'Hi {{ contact.first_name | default: "you" }}' } }, 'first_name', true],
  [{ en: { subject: '{{ contact.first_name_day }}' } }, 'first_name', false],
  [{ en: { text: '{{ contact.custom.plan }}' } }, 'custom.plan', true],
  [{ en: { text: "{{ contact.custom['plan (new)'] }}" } }, 'custom.plan (new)', true],
  [{ en: { text: '{{ contact.custom.plan }}' } }, 'plan', false],
  [{ en: { text: 'custom plan' } }, 'custom.plan', false],
])('%j mentions %s: %s', (definition, field, expected) => {
  expect(mentionsField(definition, field)).toBe(expected);
});
