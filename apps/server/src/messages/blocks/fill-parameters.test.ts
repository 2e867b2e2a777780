import { expect, test } from 'vitest';
import { fillParameters, parametersOf } from './fill-parameters.ts';

const own = { label: "'Buy'", url: 'event.url', most: '3' };

test.each([
  ['{{ label }}', "{{ 'Buy' }}"],
  ['{{label|upcase}}', "{{'Buy'|upcase}}"],
  ['{{- label -}}', "{{- 'Buy' -}}"],
  [
    'label, {{ contact.label }} and {{ x["label"] }}',
    'label, {{ contact.label }} and {{ x["label"] }}',
  ],
  ['{{ x | label: label }}', "{{ x | label: 'Buy' }}"],
  ['{{ url.path[most] }}', '{{ event.url.path[3] }}'],
  ['{{ label.size }}', "{{ 'Buy'.size }}"],
  [
    '{% if label == "x" and label contains url %}',
    `{% if 'Buy' == "x" and 'Buy' contains event.url %}`,
  ],
  ['{% for i in (1..most) %}{% endfor %}', '{% for i in (1..3) %}{% endfor %}'],
  ['{% for i in url limit:most %}', '{% for i in event.url limit:3 %}'],
  ['{% assign shown = label | upcase %}', "{% assign shown = 'Buy' | upcase %}"],
  ["{% include 'inner', label: label %}", "{% include 'inner', label: 'Buy' %}"],
  [
    '{% liquid\n  echo label\n  assign x = url\n%}',
    "{% liquid\n  echo 'Buy'\n  assign x = event.url\n%}",
  ],
  ['{% liquid echo label %}', "{% liquid echo 'Buy' %}"],
  ['{% raw %}{{ label }}{% endraw %}{{ label }}', "{% raw %}{{ label }}{% endraw %}{{ 'Buy' }}"],
  [
    '{% comment %}{{ label {% endcomment %}{{ most }}',
    '{% comment %}{{ label {% endcomment %}{{ 3 }}',
  ],
  [
    '{% fetch "https://shop.example/{{ label }}" as it %}',
    `{% fetch "https://shop.example/{{ 'Buy' }}" as it %}`,
  ],
  [
    "{% fetch 'https://shop.example/{{ label }}' as it %}",
    `{% fetch 'https://shop.example/{{ "Buy" }}' as it %}`,
  ],
  ['{{ label', '{{ label'],
  ['{{ label-two }} {{ label_two }} {{ Label }}', '{{ label-two }} {{ label_two }} {{ Label }}'],
])('%s', (text, expected) => {
  expect(fillParameters(text, { own, inherited: {} })).toEqual({ text: expected });
});

test('what a block was given is there in those within, unless they give it a value', () => {
  const given = { own: { url: 'event.more' }, inherited: own };
  expect(fillParameters('{{ label }} {{ url }}', given)).toEqual({
    text: "{{ 'Buy' }} {{ event.more }}",
  });
  const assigning = '{% assign label = 1 %}{{ label }}';
  expect(fillParameters(assigning, given)).toEqual({ text: assigning });
});

test.each([
  ['{% assign label = label | default: "x" %}', /gives "label" a value itself/],
  ['{% for label in event.items %}', /gives "label" a value itself/],
  ['{% fetch "https://shop.example" as label %}', /gives "label" a value itself/],
])('%s is no block for that parameter', (text, problem) => {
  expect(fillParameters(text, { own, inherited: {} })).toEqual({
    problem: expect.stringMatching(problem),
  });
});

test('an address has no quotes within quotes', () => {
  const both = { label: `"it's"` };
  const text = '{% fetch "https://shop.example/{{ label }}" as it %}';
  expect(fillParameters(text, { own: both, inherited: {} })).toEqual({
    problem: expect.stringContaining('quotes'),
  });
});

test.each([
  ['{{ label | default: fallback }} {{ contact.x }} {{ unsubscribe_url }}', ['fallback', 'label']],
  ['{% for item in items reversed %}{{ item.title }}{{ forloop.index }}{% endfor %}', ['items']],
  ['{% if a and true or b == nil %}{% capture x %}{% endcapture %}{{ x }}', ['a', 'b']],
  ['{% fetch "https://x.example/{{ id }}" as it, timeout: 2 %}{{ it.y }}', ['id']],
  ['no Liquid: label', []],
  ['{{ '.repeat(50_000) + '{% '.repeat(50_000), []],
])('%# is read', (text, names) => {
  expect(parametersOf([text])).toEqual(names);
});
