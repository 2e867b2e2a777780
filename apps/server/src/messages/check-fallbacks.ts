import type { Fallbacks } from '@perennial/contracts';
import { Problem } from '../http/index.ts';
import { chooseLanguage } from './choose-language.ts';

/** Whoever reads no language that a fallback speaks gets that of the default one. */
export function checkFallbacks(
  fallbacks: Fallbacks | undefined,
  { defaultLanguage }: { defaultLanguage: string },
): void {
  const mute = Object.entries(fallbacks ?? {}).filter(
    ([, texts]) =>
      chooseLanguage({ languages: Object.keys(texts), wanted: [defaultLanguage], fallback: '' }) ===
      '',
  );
  if (mute.length === 0) return;
  throw new Problem('unprocessable', {
    detail: `${mute[0]![0]} has no fallback in the default language (${defaultLanguage}).`,
    errors: mute.map(([variable]) => ({
      path: `/personalisation/fallbacks/${variable}`,
      message: `There is no text in ${defaultLanguage}.`,
      in: 'body',
    })),
  });
}
