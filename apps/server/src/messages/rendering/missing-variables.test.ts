import { expect, test } from 'vitest';
import { createLiquidEngine } from './liquid.ts';
import type { MissingRules } from './missing-variables.ts';
import { TemplateError } from './template-error.ts';
import { renderingFor } from './test-rendering.ts';

const engine = createLiquidEngine();

function render(
  source: string,
  variables: object,
  missing: Partial<MissingRules> = { onMissing: 'dont_send' },
): string | { missing: string | undefined } {
  const text = engine.parse(source, { path: '/text', writing: 'html' });
  try {
    return engine.render(text, { ...renderingFor({ variables, missing }), path: '/text', source });
  } catch (error) {
    if (error instanceof TemplateError) return { missing: error.problem.missing };
    throw error;
  }
}

const NAME = '{{ contact.first_name }}';

test.each<[string, object, string]>([
  [NAME, { contact: {} }, 'contact.first_name'],
  [NAME, {}, 'contact.first_name'],
  [NAME, { contact: { first_name: null } }, 'contact.first_name'],
  [NAME, { contact: { first_name: ' \n' } }, 'contact.first_name'],
  ['{{ contact.first_name | capitalize }}', { contact: {} }, 'contact.first_name'],
  ['{% echo contact.first_name %}', { contact: {} }, 'contact.first_name'],
  ['{{ contact.custom["goal"] }}', { contact: {} }, 'contact.custom.goal'],
  ['{{ event.items[0].title }}', { event: { items: [] } }, 'event.items.0.title'],
  [
    '{% for item in event.items %}{{ item.title }}{% endfor %}',
    { event: { items: [{}] } },
    'item.title',
  ],
  ['{% assign name = contact.first_name %}{{ name }}', { contact: {} }, 'name'],
  ['{% if true %}{% if true %}{{ a.b }}{% endif %}{% endif %}', {}, 'a.b'],
  // What was to stand in is missing, too.
  ['{{ contact.nickname | default: contact.first_name }}', { contact: {} }, 'contact.first_name'],
])('%s with %o is not sent', (source, variables, variable) => {
  expect(render(source, variables)).toEqual({ missing: variable });
  expect(render(source, variables, { onMissing: 'empty' })).toEqual(expect.any(String));
});

test.each<[string, object, string]>([
  ['{{ contact.points }}', { contact: { points: 0 } }, '0'],
  ['{{ contact.vip }}', { contact: { vip: false } }, 'false'],
  ['{{ contact.first_name | default: "friend" }}', { contact: {} }, 'friend'],
  ['{{ contact.first_name | default: "" }}', { contact: {} }, ''],
  ['{{ contact.first_name | fallback: "friend" }}', { contact: { first_name: ' ' } }, 'friend'],
  ['{{ contact.vip | fallback: "no" }}', { contact: { vip: false } }, 'false'],
  ['{{ contact.nickname | default: contact.first_name }}', { contact: { first_name: 'A' } }, 'A'],
  ['{% if contact.first_name %}{{ contact.first_name }}{% else %}Hi{% endif %}', {}, 'Hi'],
  ['{% if contact.first_name == blank %}x{% endif %}', {}, 'x'],
  ['{% for item in event.items %}x{% else %}none{% endfor %}', {}, 'none'],
  ['{% assign x = contact.first_name %}fine', {}, 'fine'],
  ['{{ "" }}', {}, ''],
])('%s with %o is sent', (source, variables, expected) => {
  expect(render(source, variables)).toBe(expected);
});

test('a fallback stands in before anything else, and goes through the filters', () => {
  const fallbacks = { 'contact.first_name': 'ann & bob' };
  const rules = { onMissing: 'dont_send', fallbacks } as const;
  expect(render(NAME, {}, rules)).toBe('ann &amp; bob');
  expect(render('{{ contact.first_name | upcase }}', {}, rules)).toBe('ANN &amp; BOB');
  expect(render(NAME, { contact: { first_name: 'Zoe' } }, rules)).toBe('Zoe');
  // The place says itself what stands in.
  expect(render('{{ contact.first_name | default: "you" }}', {}, rules)).toBe('you');
  expect(render('{{ a }}{{ contact.first_name }}', {}, rules)).toEqual({ missing: 'a' });
});

test('names of the language itself are no fallbacks', () => {
  expect(render('{{ constructor }}', {})).toEqual({ missing: 'constructor' });
});
