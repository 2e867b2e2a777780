import { compileTextPattern, parsePattern } from '@perennial/conditions';
import { Problem } from '../http/index.ts';
import type { Json } from '../inbox/index.ts';

/** What a field asks of its values besides their type; stored values stay when it changes. */
export interface ValueRules {
  min?: number | undefined;
  max?: number | undefined;
  /** In characters. */
  max_length?: number | undefined;
  /** In the language of `matches`. */
  pattern?: string | undefined;
  /** Of a date: it comes round every year. */
  anniversary?: boolean | undefined;
}

/** Why a value of the right type breaks the rules, if it does. */
export function breachOf(rules: ValueRules, value: Json): string | undefined {
  const { min, max, max_length: longest, pattern } = rules;
  if (typeof value === 'number') {
    if (min !== undefined && value < min) return `less than ${min}`;
    if (max !== undefined && value > max) return `more than ${max}`;
  }
  if (typeof value !== 'string') return undefined;
  if (longest !== undefined && Array.from(value).length > longest) {
    return `longer than ${longest} characters`;
  }
  if (pattern !== undefined && !testOf(pattern)(value)) {
    return `does not match the pattern ${pattern}`;
  }
  return undefined;
}

/** Compiled patterns: fields are few, values many. */
const tests = new Map<string, (text: string) => boolean>();
const MOST_TESTS = 1000;

function testOf(pattern: string): (text: string) => boolean {
  let test = tests.get(pattern);
  if (!test) {
    if (tests.size >= MOST_TESTS) tests.clear();
    tests.set(pattern, (test = compileTextPattern(pattern)));
  }
  return test;
}

const OF_TYPES: Record<keyof ValueRules, readonly string[]> = {
  min: ['integer', 'decimal'],
  max: ['integer', 'decimal'],
  max_length: ['text', 'long_text'],
  pattern: ['text', 'long_text'],
  anniversary: ['date'],
};

/** Without what asks nothing; throws what such a field cannot ask, by member. */
export function checkRules(type: string, rules: ValueRules): ValueRules {
  const asked = Object.entries(rules).filter(([, value]) => value !== undefined && value !== false);
  const errors = asked.flatMap(([rule]) =>
    OF_TYPES[rule as keyof ValueRules].includes(type)
      ? []
      : [problemAt(rule, `A field of type ${type} has no such rule.`)],
  );
  if (rules.min !== undefined && rules.max !== undefined && rules.min > rules.max) {
    errors.push(problemAt('max', 'It is less than the minimum.'));
  }
  if (rules.pattern !== undefined) {
    const parsed = parsePattern(rules.pattern);
    if (!parsed.ok) errors.push(problemAt('pattern', parsed.message));
  }
  if (errors.length > 0) {
    const detail = errors.map(({ message }) => message).join(' ');
    throw new Problem('invalid_request', { detail: detail.slice(0, 500), errors });
  }
  return Object.fromEntries(asked);
}

/** Those that a field of another type can have too. */
export function rulesFitting(type: string, rules: ValueRules): ValueRules {
  return Object.fromEntries(
    Object.entries(rules).filter(([rule]) => OF_TYPES[rule as keyof ValueRules].includes(type)),
  );
}

function problemAt(rule: string, message: string): { path: string; message: string; in: 'body' } {
  return { path: `/rules/${rule}`, message, in: 'body' };
}
