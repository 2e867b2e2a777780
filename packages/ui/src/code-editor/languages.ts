import { html } from '@codemirror/lang-html';
import { json } from '@codemirror/lang-json';
import type { Extension } from '@codemirror/state';

export const languages: Record<'json' | 'html' | 'text', () => Extension[]> = {
  json: () => [json()],
  html: () => [html()],
  text: () => [],
};
