/** Longest first and last name that API and import take. */
const MAX_NAME = 40;
const MOST_DIGITS = 3;
const MOST_LONG_WORDS = 3;
const MOST_SHORT_WORDS = 3;
/** A word this short may be an initial or a particle ("de", "Jr."). */
const SHORT = 3;

/** Letters of any alphabet, with their accents; digits; apostrophes and hyphens as people type them. */
const WORD = /^[\p{L}\p{M}\p{N}'’‘`ʼʹ´′‑‐–-]+\.?$/u;

/**
 * Why a text is no first or last name as API and import take it; undefined if it is one. Events
 * and forms are not asked: what a person typed about themselves is kept.
 */
export function whyNoName(name: string): string | undefined {
  const text = name.trim();
  if (text.length > MAX_NAME) return `is longer than ${MAX_NAME} characters`;
  const words = text.split(/\s+/);
  const wrong = words.find((word) => !WORD.test(word));
  if (wrong !== undefined) return 'has characters other than letters, apostrophes and hyphens';
  const dotted = words.find((word) => word.endsWith('.') && word.length > SHORT + 1);
  if (dotted !== undefined) return 'has a dot after a long word';
  if (!/\p{L}/u.test(text)) return 'has no letter';
  if (text.replaceAll(/\P{N}/gu, '').length > MOST_DIGITS)
    return `has more than ${MOST_DIGITS} digits`;
  const short = words.filter((word) => word.replaceAll(/\P{L}/gu, '').length <= SHORT).length;
  if (words.length - short > MOST_LONG_WORDS) return `has more than ${MOST_LONG_WORDS} long words`;
  if (short > MOST_SHORT_WORDS) return `has more than ${MOST_SHORT_WORDS} short words`;
  return undefined;
}
