import type { Personalisation } from '@perennial/contracts';
import { chooseLanguage } from './choose-language.ts';
import type { TemplatePersonalisation } from './rendering/render-job.ts';

/** What a version says about what cannot be filled in, in the words of one language. */
export function personalisationOf(
  { on_missing: onMissing, fallbacks, on_fetch_failure: onFetchFailure }: Personalisation,
  { language, defaultLanguage }: { language: string; defaultLanguage: string },
): TemplatePersonalisation {
  const spoken = Object.entries(fallbacks).flatMap(([variable, texts]) => {
    const found = chooseLanguage({
      languages: Object.keys(texts),
      wanted: [language, defaultLanguage],
      fallback: '',
    });
    const text = texts[found];
    return text === undefined ? [] : [[variable, text] as const];
  });
  return { onMissing, fallbacks: Object.fromEntries(spoken), onFetchFailure };
}
