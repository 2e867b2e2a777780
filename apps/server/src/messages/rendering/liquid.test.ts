import { expect, test } from 'vitest';
import { createLiquidEngine, type Writing } from './liquid.ts';
import { renderingFor } from './test-rendering.ts';
import { TemplateError } from './template-error.ts';

const engine = createLiquidEngine();

function render(source: string, variables: object = {}, writing: Writing = 'plain'): string {
  const text = engine.parse(source, { path: '/text', writing });
  return engine.render(text, { ...renderingFor({ variables }), path: '/text', source });
}

function problemOf(source: string, variables: object = {}) {
  try {
    return { rendered: render(source, variables) };
  } catch (error) {
    if (error instanceof TemplateError) return error.problem;
    throw error;
  }
}

test.each([
  ['Hi {{ contact.first_name | default: "friend" }}', { contact: {} }, 'Hi friend'],
  ['{{ contact.custom.goal }}', { contact: { custom: { goal: 'run' } } }, 'run'],
  ['{{ nobody.knows.this }}', {}, ''],
  [
    '{% for i in event.items %}{{ i.name }};{% endfor %}',
    { event: { items: [{ name: 'a' }] } },
    'a;',
  ],
  ['{{ "now" | date: "%Y-%m-%d %H:%M" }}', {}, '2026-03-02 01:30'],
  ['{{ "now" | date: "%H:%M", "UTC" }}', {}, '23:30'],
  ['{{ contact.__proto__ }}{{ contact.constructor.name }}', { contact: {} }, ''],
  ['{{ event["__proto__"] }}', { event: JSON.parse('{"__proto__":"mine"}') }, 'mine'],
])('%s', (source, variables, expected) => {
  expect(render(source, variables)).toBe(expected);
});

test.each([
  ['<b>{{ x }}</b>', '<b>&lt;i&gt;&amp;&#34;</b>'],
  ['{{ x | escape }}', '&lt;i&gt;&amp;&#34;'],
  ['{{ x | raw }}', '<i>&"'],
  ['{{ lines | newline_to_br }}', 'a<br />\n&lt;b&gt;'],
])('in HTML %s is text unless the writer says raw', (source, expected) => {
  expect(render(source, { x: '<i>&"', lines: 'a\n<b>' }, 'html')).toBe(expected);
});

test('a machine that stands still for a while is no fault of the text', () => {
  let stalls = 2;
  const contact = {
    get name() {
      // Waits without working, longer than a text may take.
      if (stalls-- > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      return 'Ann';
    },
  };
  expect(render('Hi {{ contact.name }}{{ contact.name }}', { contact })).toBe('Hi AnnAnn');
});

test.each([
  ['a\n\n{% foo %}', { line: 3, excerpt: '{% foo %}', message: 'Tag "foo" not found.' }],
  ['a {{ x | nope }}', { line: 1, message: 'Undefined filter: nope.' }],
  ['\n{% if a %}b', { line: 2, message: 'Tag {% if a %} not closed.' }],
  ['{{ a | append', { line: 1 }],
  ["{% include 'x' %}", { line: 1, message: 'Tag "include" not found.' }],
  ["{% render 'x' %}", { message: 'Tag "render" not found.' }],
  ["{% layout 'x' %}", { message: 'Tag "layout" not found.' }],
  [
    '{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}',
    { line: 1, message: 'Takes too long to render (more than 250 ms).' },
  ],
  [
    '{% for i in (1..999999999999) %}x{% endfor %}',
    { message: 'Makes too much text or too long lists.' },
  ],
  [
    '{% assign a = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}',
    { message: 'Makes too much text or too long lists.' },
  ],
  [
    `{% for i in (1..30000) %}${'x'.repeat(100)}{% endfor %}`,
    { message: 'The result is longer than 2 million characters.' },
  ],
])('%.40s is refused with its place', (source, problem) => {
  expect(problemOf(source)).toMatchObject({ path: '/text', ...problem });
});
