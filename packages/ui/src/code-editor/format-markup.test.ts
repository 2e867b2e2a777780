import { expect, test } from 'vitest';
import { formatMarkup } from './format-markup.ts';

const format = async (markup: 'html' | 'mjml', code: string) =>
  (await formatMarkup(code, { markup, cursor: 0 })).code;

test('MJML gets a line for each element; words of a text stay beside each other', async () => {
  const code =
    '<mjml><mj-body><mj-section><mj-column><mj-text color="red">Hi <b>{{ contact.first_name }}</b>!</mj-text><mj-divider/></mj-column></mj-section></mj-body></mjml>';
  expect(await format('mjml', code)).toBe(`<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text color="red">Hi <b>{{ contact.first_name }}</b>!</mj-text>
        <mj-divider />
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`);
});

test('Liquid stays as it was written, on a line of its own where it had one', async () => {
  const code = `<mjml><mj-body>
{% for item in event.items %}
<mj-section><mj-column><mj-text>{{  item.name | default:  "a  b" }}</mj-text></mj-column></mj-section>
  {% endfor %}
</mj-body></mjml>`;
  expect(await format('mjml', code)).toBe(`<mjml>
  <mj-body>
    {% for item in event.items %}
    <mj-section>
      <mj-column>
        <mj-text>{{  item.name | default:  "a  b" }}</mj-text>
      </mj-column>
    </mj-section>
    {% endfor %}
  </mj-body>
</mjml>
`);
});

test('Liquid between attributes and in styles is kept', async () => {
  const code = `<style>a { color: {{ contact.custom.colour }} }</style><a
{% if contact.vip %}
href="{{ event.url }}"
{% endif %}
>Go</a>`;
  const formatted = await format('html', code);
  expect(formatted.match(/\{[{%].*?[%}]\}/g)).toEqual(code.match(/\{[{%].*?[%}]\}/g));
});

test('what stands in comments is left alone', async () => {
  const code =
    '<mjml><mj-body><!-- <mj-section>{{ a }}</mj-section> --><mj-section></mj-section></mj-body></mjml>';
  const formatted = await format('mjml', code);
  expect(formatted).toContain('<!-- <mj-section>{{ a }}</mj-section> -->');
  expect(formatted).not.toContain('display: block');
});

test('formatting twice changes nothing more', async () => {
  const code = '<table><tr><td>{% if a %}x{% else %}<p>y</p>{% endif %}</td></tr></table>';
  const once = await format('html', code);
  expect(await format('html', once)).toBe(once);
});

test('the cursor stays at the word it was at', async () => {
  const code =
    '<mjml><mj-body><mj-section><mj-column><mj-text>one {{ a }} two</mj-text></mj-column></mj-section></mj-body></mjml>';
  const { code: formatted, cursor } = await formatMarkup(code, {
    markup: 'mjml',
    cursor: code.indexOf('two'),
  });
  expect(formatted.slice(cursor)).toMatch(/^two/);
});

test('what cannot be read is refused', async () => {
  await expect(format('html', '<div><b></div>')).rejects.toThrow(/Unexpected closing tag/);
});
