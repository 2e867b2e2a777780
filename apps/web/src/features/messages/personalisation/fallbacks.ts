import type { Personalisation } from '@perennial/contracts';
import type { MessageContent } from '../message.ts';

type Fallbacks = Personalisation['fallbacks'];

export const VARIABLE = /^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}\p{N}_-]+)*$/u;
const WRITTEN = /\{\{-?\s*([\p{L}_][\p{L}\p{N}_.-]*)/gu;
/** Always there. */
const OURS = /^(unsubscribe_url|preferences_url|view_url|confirm_url|message\b|workspace\b)/;

/** What a content writes, each once, in its order. */
export function writtenVariables(content: MessageContent): string[] {
  const text = JSON.stringify(content);
  const names = [...text.matchAll(WRITTEN)].map(([, name = '']) => name.replace(/[.-]+$/, ''));
  return [...new Set(names)].filter((name) => VARIABLE.test(name) && !OURS.test(name));
}

export function fetchesContent(contents: Record<string, MessageContent>): boolean {
  return /\{%-?\s*fetch\s/.test(JSON.stringify(contents));
}

/** An emptied text goes; the variable stays until it is removed, to be written anew. */
export function withFallback(
  fallbacks: Fallbacks,
  { variable, language, text }: { variable: string; language: string; text: string },
): Fallbacks {
  const { [language]: _former, ...others } = fallbacks[variable] ?? {};
  return { ...fallbacks, [variable]: text === '' ? others : { ...others, [language]: text } };
}

export function withoutFallback(fallbacks: Fallbacks, variable: string): Fallbacks {
  const { [variable]: _gone, ...others } = fallbacks;
  return others;
}

/** As the server takes them: a variable without any text has no fallback. */
export function savedFallbacks(fallbacks: Fallbacks): Fallbacks {
  return Object.fromEntries(
    Object.entries(fallbacks).filter(([, texts]) => Object.keys(texts).length > 0),
  );
}
