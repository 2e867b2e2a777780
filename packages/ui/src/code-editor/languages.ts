import { closeBrackets } from '@codemirror/autocomplete';
import { html } from '@codemirror/lang-html';
import { json } from '@codemirror/lang-json';
import { liquid } from '@codemirror/lang-liquid';
import { LanguageSupport, StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

export type CodeLanguage = 'json' | 'html' | 'mjml' | 'text';

/** Words and nothing else: what looks like markup in them is text. */
const words = new LanguageSupport(
  StreamLanguage.define({
    name: 'words',
    token: (stream) => {
      stream.skipToEnd();
      return null;
    },
  }),
);

/** HTML, MJML and texts of messages have Liquid in them. */
export const languages: Record<CodeLanguage, () => Extension[]> = {
  json: () => [json()],
  html: () => [liquid({ base: html() }), closeBrackets()],
  mjml: () => [liquid({ base: html({ selfClosingTags: true }) }), closeBrackets()],
  text: () => [liquid({ base: words }), closeBrackets()],
};
