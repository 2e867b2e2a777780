import { rewriteWords, type LiquidWord } from './liquid-words.ts';

/** What an include gives to its block: each a value as Liquid writes it, by name. */
export type BlockParameters = Readonly<Record<string, string>>;

/**
 * A block's text with what it was given in place of the names: texts, numbers and variables alone,
 * so that what is missing is known by the name that the message has for it.
 */
export function fillParameters(
  text: string,
  { own, inherited }: { own: BlockParameters; inherited: BlockParameters },
): { text: string } | { problem: string } {
  const assigned = namesAssigned(text);
  const clash = Object.keys(own).find((name) => assigned.has(name));
  if (clash !== undefined) {
    return { problem: `it gives "${clash}" a value itself, so that cannot be a parameter` };
  }
  const given = new Map(
    Object.entries({ ...inherited, ...own }).filter(([name]) => !assigned.has(name)),
  );
  if (given.size === 0) return { text };
  let problem: string | undefined;
  const filled = rewriteWords(text, ({ word, inQuote }) => {
    const value = given.get(word);
    if (value === undefined) return word;
    const fitting = requoted(value, inQuote);
    if (fitting === undefined) problem = `"${word}" has quotes that its address cannot have`;
    return fitting ?? word;
  });
  return problem === undefined ? { text: filled } : { problem };
}

/** Of a text within quotes, the other ones are taken; undefined if it has those itself. */
function requoted(value: string, around: LiquidWord['inQuote']): string | undefined {
  if (around === undefined || !value.includes(around)) return value;
  const other = around === '"' ? "'" : '"';
  const inner = value.slice(1, -1);
  return value.startsWith(around) && !inner.includes(other)
    ? `${other}${inner}${other}`
    : undefined;
}

/** What every message has, and what loops have. */
const KNOWN = new Set([
  'contact',
  'event',
  'run',
  'data',
  'message',
  'workspace',
  'unsubscribe_url',
  'preferences_url',
  'view_url',
  'confirm_url',
  'forloop',
  'tablerowloop',
]);

export function isReserved(name: string): boolean {
  return KNOWN.has(name);
}

/** What some texts read that nobody but an include gives them. */
export function parametersOf(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const assigned = namesAssigned(text);
    rewriteWords(text, ({ word }) => {
      if (!KNOWN.has(word) && !assigned.has(word)) found.add(word);
      return word;
    });
  }
  return [...found].toSorted();
}

function namesAssigned(text: string): Set<string> {
  const names = new Set<string>();
  rewriteWords(text, ({ word, isTarget }) => {
    if (isTarget) names.add(word);
    return word;
  });
  return names;
}
