import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { completeLiquid } from './complete-liquid.ts';
import { completeMarkup } from './complete-markup.ts';
import type { CodeLanguage } from './languages.ts';
import type { TemplateWords } from './template-words.ts';

/** Completion in templates: of Liquid inside of Liquid, else of the markup around it. */
export function completeTemplate(language: CodeLanguage, words: TemplateWords): Extension {
  const liquid = completeLiquid(words);
  const markup = markups[language]?.(words);
  const source: CompletionSource = (context) => liquid(context) ?? markup?.(context) ?? null;
  return autocompletion({ override: [source] });
}

const markups: Partial<Record<CodeLanguage, (words: TemplateWords) => CompletionSource>> = {
  html: () => completeMarkup(),
  mjml: ({ elements }) => completeMarkup(elements),
};
