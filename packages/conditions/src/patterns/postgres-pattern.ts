import { casesOf } from './case-folding.ts';
import type { CodePoints, Pattern } from './pattern.ts';

/** The pattern in PostgreSQL's language (an advanced regular expression), for `~`. */
export function postgresPattern(pattern: Pattern, ignoreCase: boolean): string {
  if (pattern.kind === 'any') return '.';
  if (pattern.kind === 'start') return '(?:^)';
  if (pattern.kind === 'end') return '(?:$)';
  if (pattern.kind === 'set') return bracket(pattern, ignoreCase);
  const inner = (part: Pattern) => postgresPattern(part, ignoreCase);
  if (pattern.kind === 'sequence') return pattern.parts.map(inner).join('');
  if (pattern.kind === 'choice') return `(?:${pattern.options.map(inner).join('|')})`;
  const { part, least, most } = pattern;
  return `(?:${inner(part)}){${least},${most === Infinity ? '' : most}}`;
}

function bracket(
  { negated, ranges }: Extract<Pattern, { kind: 'set' }>,
  ignoreCase: boolean,
): string {
  const all = ignoreCase ? [...ranges, ...casesOf(ranges)] : ranges;
  return `[${negated ? '^' : ''}${all.map(rangeText).join('')}]`;
}

function rangeText([first, last]: CodePoints): string {
  return first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`;
}

function escaped(codePoint: number): string {
  return `\\U${codePoint.toString(16).padStart(8, '0')}`;
}
