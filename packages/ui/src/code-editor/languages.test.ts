import { syntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { languages, type CodeLanguage } from './languages.ts';

/** What the editor sees at a place, and so colours. */
function seenAt(place: string, { language, text }: { language: CodeLanguage; text: string }) {
  const state = EditorState.create({ doc: text, extensions: languages[language]() });
  return syntaxTree(state).resolveInner(text.indexOf(place), 1).name;
}

test('Liquid is seen in plain text, and markup in it is text', () => {
  const text = "Hi {{ contact.first_name | default: 'you' }} <b>{% if a %}now{% endif %}</b>";
  for (const language of ['text', 'html'] as const) {
    expect(seenAt('first_name', { language, text })).toBe('PropertyName');
    expect(seenAt('default', { language, text })).toBe('FilterName');
    expect(seenAt("'you'", { language, text })).toBe('StringLiteral');
    expect(seenAt('if', { language, text })).toBe('if');
  }
  expect(seenAt('b>', { language: 'html', text })).toBe('TagName');
  expect(seenAt('b>', { language: 'text', text })).not.toBe('TagName');
});
