import { expect, test } from 'vitest';
import { compileMjml } from './mjml.ts';
import { createLiquidEngine } from './liquid.ts';
import { templateWords } from './template-words.ts';

const engine = createLiquidEngine();
const words = await templateWords(engine);
const elements = new Map(words.elements.map((element) => [element.name, element]));

test('elements of MJML come with their attributes, values and children', () => {
  expect(elements.get('mj-button')).toMatchObject({
    holds_html: true,
    attributes: {
      href: null,
      align: ['left', 'center', 'right'],
      'css-class': null,
    },
  });
  expect(elements.get('mj-section')).toMatchObject({
    holds_html: false,
    children: ['mj-column', 'mj-group', 'mj-raw'],
  });
  expect(elements.get('mjml')?.children).toContain('mj-body');
  expect(elements.get('mj-attributes')?.children).toBeNull();
});

test('whatever is offered inside of a section, MJML takes there', async () => {
  for (const child of elements.get('mj-section')?.children ?? []) {
    const source = `<mjml><mj-body><mj-section><${child}></${child}></mj-section></mj-body></mjml>`;
    await expect(compileMjml(source, { path: '/mjml' })).resolves.toContain('<body');
  }
});

test('filters are those of the engine, ours among them', () => {
  expect(words.filters).toEqual(expect.arrayContaining(['default', 'money', 'local_date']));
});

test.each(words.tags.filter((tag) => tag.startsWith('end')))(
  '%s ends a tag that is offered too, which cannot be read without it',
  (end) => {
    const tag = end.slice('end'.length);
    expect(words.tags).toContain(tag);
    const head = { for: 'for a in b', tablerow: 'tablerow a in b' }[tag] ?? `${tag} a`;
    const read = (source: string) => engine.parse(source, { path: '', writing: 'plain' });
    expect(() => read(`{% ${head} %}`)).toThrow();
    expect(() => read(`{% ${head} %}{% ${end} %}`)).not.toThrow();
  },
);

test('tags that read files are not offered, apart from include, which places shared blocks', () => {
  expect(words.tags).not.toEqual(expect.arrayContaining(['render']));
  expect(words.tags).toContain('include');
  expect(words.tags).toContain('fetch');
});
