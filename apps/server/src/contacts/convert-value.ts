import type { Json } from '../inbox/index.ts';
import { normalizeValue, type FieldRule, type Normalized } from './normalize-value.ts';

/**
 * What a value that did not fit becomes when somebody takes it over: the first reading that the
 * field can hold. Undefined: there is none.
 */
export function convertValue(rule: FieldRule, value: Json, country?: string): Json | undefined {
  for (const reading of readingsOf(rule, value)) {
    const normalized = normalizeValue(rule, reading, { country });
    if (normalized.ok && normalized.value !== null) return normalized.value;
  }
  return undefined;
}

/**
 * What a stored value becomes when its field gets another type, or why nothing. Rules hold for new
 * values only; of a text nothing is cut off.
 */
export function convertStored(
  { type, choices = null }: Pick<FieldRule, 'type' | 'choices'>,
  value: Json,
): Normalized {
  const rule: FieldRule = { type, choices };
  const converted = convertValue(rule, value);
  if (converted !== undefined && !isCut(rule, value, converted)) {
    return { ok: true, value: converted };
  }
  const asItIs = normalizeValue(rule, value);
  return asItIs.ok ? { ok: false, reason: `not a ${type}` } : asItIs;
}

function isCut({ type }: FieldRule, value: Json, converted: Json): boolean {
  if (type !== 'text' && type !== 'long_text') return false;
  return (converted as string).length < (textsOf(value, { type })[0] ?? '').length;
}

function readingsOf(rule: FieldRule, value: Json): Json[] {
  const texts = textsOf(value, rule);
  return [value, ...texts.flatMap((text) => (readings[rule.type] ?? asIs)(text, rule))];
}

/** A list of one is that one, and a longer one a text with commas; an object has one only as JSON. */
function textsOf(value: Json, rule: FieldRule): string[] {
  if (typeof value === 'string') return [value.trim()];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (!Array.isArray(value)) return [];
  if (value.length === 1) return textsOf(value[0]!, rule);
  const parts = value.flatMap((part) => textsOf(part, rule));
  const isText = rule.type === 'text' || rule.type === 'long_text';
  return isText && parts.length === value.length ? [parts.join(', ')] : [];
}

const asIs = (text: string): Json[] => [text];

const readings: Partial<Record<FieldRule['type'], (text: string, rule: FieldRule) => Json[]>> = {
  integer: (text) => numbersIn(text).flatMap((number) => [number, Math.round(number)]),
  decimal: numbersIn,
  boolean(text) {
    const word = text.toLowerCase();
    if (['true', 'yes', 'on', '1', 'y'].includes(word)) return [true];
    return ['false', 'no', 'off', '0', 'n'].includes(word) ? [false] : [];
  },
  date: daysIn,
  date_time: (text) => [text.replace(' ', 'T'), ...daysIn(text)],
  choice: (text, { choices }) => [text, ...sameWord(text, choices)],
  multiple_choice: (text, { choices }) => {
    const parts = text
      .split(/[,;]/)
      .map((part) => part.trim())
      .filter(Boolean);
    return [[text], parts, parts.map((part) => sameWord(part, choices)[0] ?? part)];
  },
  text: (text) => [text, Array.from(text).slice(0, 1000).join('')],
  long_text: (text) => [text, Array.from(text).slice(0, 5000).join('')],
};

/** "1 234,5", "12.5 kg", "€ 7": the number in it, if there is one. */
function numbersIn(text: string): number[] {
  const numbers = text.replaceAll(/(?<=\d)[\s ](?=\d{3})/g, '').match(/-?\d+(?:[.,]\d+)?/g) ?? [];
  const [only] = numbers;
  return only !== undefined && numbers.length === 1 ? [Number(only.replace(',', '.'))] : [];
}

/** Days as imports write them: 28.03.1990, 28/03/1990; and the day of an instant. */
function daysIn(text: string): string[] {
  const [, day, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
  if (!day || !month || !year) return [text];
  return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
}

function sameWord(text: string, choices: string[] | null | undefined): string[] {
  const word = text.toLowerCase();
  return (choices ?? []).filter((choice) => choice.toLowerCase() === word);
}
