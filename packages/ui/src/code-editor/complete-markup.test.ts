import { CompletionContext } from '@codemirror/autocomplete';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { completeMarkup } from './complete-markup.ts';
import { languages } from './languages.ts';
import type { TemplateElement } from './template-words.ts';

const element = (name: string, rest: Partial<TemplateElement> = {}): TemplateElement => ({
  name,
  attributes: {},
  children: [],
  holds_html: false,
  ...rest,
});

const complete = completeMarkup([
  element('mj-section', { children: ['mj-column'] }),
  element('mj-column', { children: ['mj-text', 'mj-image'] }),
  element('mj-text', {
    holds_html: true,
    attributes: { align: ['left', 'right'], color: null },
  }),
  element('mj-image'),
]);

/** What is offered at the `^`. */
function offered(marked: string): string[] {
  const pos = marked.indexOf('^');
  const doc = marked.replace('^', '');
  const state = EditorState.create({ doc, extensions: languages.mjml() });
  ensureSyntaxTree(state, doc.length);
  return (
    complete(new CompletionContext(state, pos, false))?.options.map(({ label }) => label) ?? []
  );
}

test('in an element only what may stand there is offered', () => {
  expect(offered('<mj-section><^</mj-section>')).toEqual(['mj-column']);
  expect(offered('<mj-section><mj-column>{% if a %}<mj-^</mj-column></mj-section>')).toEqual(
    expect.arrayContaining(['mj-text', 'mj-image']),
  );
});

test('in an element that holds HTML, HTML is offered', () => {
  const labels = offered('<mj-column><mj-text>{{ a }} <^</mj-text></mj-column>');
  expect(labels).toContain('strong');
  expect(labels).not.toContain('mj-image');
});

test('attributes are those of the element, with the values they take', () => {
  expect(offered('<mj-text ^></mj-text>')).toEqual(['align', 'color']);
  expect(offered('<mj-text align="^"></mj-text>')).toEqual(['left', 'right']);
  expect(offered('<mj-text color="^"></mj-text>')).toEqual([]);
});
