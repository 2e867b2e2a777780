import { compilePattern } from './compile-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { searches } from './run-pattern.ts';

/**
 * Whether a text has the pattern somewhere, as `matches` means it; throws for what is no pattern
 * (see `parsePattern`). The time is bounded whatever the pattern.
 */
export function compileTextPattern(pattern: string): (text: string) => boolean {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new TypeError(`not a pattern: ${parsed.message}`);
  return searches(compilePattern(parsed.pattern, false));
}
