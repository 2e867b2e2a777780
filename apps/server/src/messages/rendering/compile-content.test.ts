import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../inbox/index.ts';
import { compileContent } from './compile-content.ts';
import { createLiquidEngine } from './liquid.ts';
import { prepareTemplate } from './prepare-template.ts';
import { renderingFor } from './test-rendering.ts';
import { TemplateError } from './template-error.ts';

const engine = createLiquidEngine();

async function render(channel: string, content: JsonObject, variables: object) {
  const compilation = await compileContent(engine, { channel, content });
  if (!compilation.ok) return compilation.problems;
  const template = prepareTemplate(engine, { channel, content, compiled: compilation.compiled });
  try {
    return template(renderingFor({ variables }));
  } catch (error) {
    if (error instanceof TemplateError) return error.problem;
    throw error;
  }
}

const ann = { contact: { first_name: 'Ann <3', custom: { colour: 'red' } } };

describe('an e-mail of MJML', () => {
  const mjml = `<mjml><mj-body><mj-section><mj-column>
    <mj-text color="{{ contact.custom.colour }}">Hi {{ contact.first_name }}{% if contact.vip %}!{% endif %}</mj-text>
    <mj-button href="{{ event.url }}">Go</mj-button>
  </mj-column></mj-section></mj-body></mjml>`;

  test('keeps its Liquid through the compilation, in text, attributes and addresses', async () => {
    const rendered = (await render(
      'email',
      { subject: 'S', mjml },
      {
        ...ann,
        event: { url: 'https://shop.example/?a=1&b=2' },
      },
    )) as JsonObject;
    expect(rendered['html']).toContain('Hi Ann &lt;3');
    expect(rendered['html']).toContain('color:red');
    expect(rendered['html']).toContain('href="https://shop.example/?a=1&amp;b=2"');
    expect(rendered['html']).not.toMatch(/\{\{|\{%|x1qliquid/);
    expect(rendered).not.toHaveProperty('mjml');
  });

  test('brings a text of its own words, without escapes', async () => {
    const rendered = (await render('email', { subject: 'S', mjml }, ann)) as JsonObject;
    expect(rendered['text']).toContain('Hi Ann <3');
    expect(rendered['text']).not.toContain('<p');
  });

  test('names the line of an error in the source, not in what was compiled', async () => {
    const endless = mjml.replace('Go<', '{% for i in (1..999999999999) %}x{% endfor %}<');
    expect(await render('email', { subject: 'S', mjml: endless }, ann)).toMatchObject({
      path: '/mjml',
      line: 3,
    });
  });

  test.each([
    ['<mjml><mj-body><mj-sektion></mj-sektion></mj-body></mjml>', /mj-sektion/],
    ['<p>no mjml</p>', /MJML/],
    ['<mjml><mj-body>{% if a %}<mj-section></mj-section>{% endif %}</mj-body></mjml>', /mj-raw/],
  ])('%.40s is refused', async (source, message) => {
    const problems = await render('email', { subject: 'S', mjml: source }, {});
    expect(problems).toMatchObject([{ path: '/mjml', message: expect.stringMatching(message) }]);
  });

  test('all that is wrong is told at once, by its lines', async () => {
    const source = `<mjml><mj-body>
  <mj-section><mj-column>
    <mj-text colour="red">{{ contact.first_name
      | default: 'you' }}</mj-text>
    <mj-button alignment="left">Go</mj-button>
  </mj-column></mj-section>
</mj-body></mjml>`;
    expect(await render('email', { subject: 'S', mjml: source }, {})).toMatchObject([
      { line: 3, message: expect.stringMatching(/colour/) },
      { line: 5, message: expect.stringMatching(/alignment/) },
    ]);
  });

  test.each([
    ['<mj-column>\n<mj-text>lost</mj-column>', 2],
    ['<mj-column><mj-text>lost\n<mj-button>Go</mj-button></mj-column>', 1],
    ['<mj-column><mj-button href="a>b">Go</mj-button>\n\n<mj-text>{{ lost }}</mj-column>', 3],
  ])(
    'an element that is not closed is told, whose text MJML leaves out: %j',
    async (body, line) => {
      const mjml = `<mjml><mj-body><mj-section>${body}</mj-section></mj-body></mjml>`;
      expect(await render('email', { subject: 'S', mjml }, {})).toMatchObject([
        { line, message: expect.stringMatching(/is not closed/) },
      ]);
    },
  );

  test('comments and elements that close themselves are no mistake', async () => {
    const mjml = `<mjml><mj-body><mj-section><mj-column><!-- <mj-text> --><mj-text />
      <mj-image src="https://a.example/a.png"><mj-text>kept</mj-text></mj-column></mj-section></mj-body></mjml>`;
    expect(JSON.stringify(await render('email', { subject: 'S', mjml }, {}))).not.toMatch(
      /not closed/,
    );
  });

  test('an include reads no file', async () => {
    const source =
      '<mjml><mj-body><mj-include path="./package.json" type="html" /></mj-body></mjml>';
    expect(JSON.stringify(await render('email', { subject: 'S', mjml: source }, {}))).not.toContain(
      'perennial',
    );
  });
});

test('all that is wrong is told at once, each with its place', async () => {
  expect(
    await render('mobile_push', { title: '{{', body: 'x', buttons: [{ text: '{% no %}' }] }, {}),
  ).toMatchObject([{ path: '/title' }, { path: '/buttons/0/text', line: 1 }]);
});

test('every string of a push is a template, those of its data too, and other values stay', async () => {
  const content = {
    title: 'Hi {{ contact.first_name }}',
    body: 'x',
    ttl_seconds: 60,
    data: { name: '{{ contact.first_name }}', n: 1, list: ['{{ contact.custom.colour }}'] },
  };
  expect(await render('mobile_push', content, ann)).toEqual({
    title: 'Hi Ann <3',
    body: 'x',
    ttl_seconds: 60,
    data: { name: 'Ann <3', n: 1, list: ['red'] },
  });
});

test('HTML whose Liquid stands in attributes still gets a text', async () => {
  const html =
    '<a {% if contact.vip %}href="https://x.example"{% endif %}>Go {{ contact.first_name }}</a>';
  expect(await render('email', { subject: 'S', html }, ann)).toMatchObject({ text: 'Go Ann <3' });
});

test('what a workflow must supply is kept with the message, each once', async () => {
  const content = {
    subject: '{{ data.code }} for {{ contact.first_name }}, {{ event.plan }}',
    html: `{% assign mine = run.ask.answer %}{{ mine }} {{ run.ask.answer }} {{ data.items[0].name }}
      {% for item in data.items %}{{ item.price }}{% endfor %}{{ run[event.block].x }}`,
  };
  const compilation = await compileContent(engine, { channel: 'email', content });
  expect(compilation.ok && compilation.compiled.variables?.toSorted()).toEqual([
    ['data', 'code'],
    ['data', 'items'],
    ['data', 'items', '0', 'name'],
    ['run'],
    ['run', 'ask', 'answer'],
  ]);
});
