import { expect, test } from 'vitest';
import { placeProblems } from './place-problems.ts';

const text = '<mjml>\n  <mj-body>\n\n</mjml>';

const problem = (line: number | null, path = '/mjml') => ({
  path,
  line,
  message: 'Wrong.',
  excerpt: null,
  kind: 'template' as const,
});

const marked = (line: number | null) => {
  const [placed] = placeProblems(text, [problem(line)], '/mjml');
  return placed && text.slice(placed.from, placed.to);
};

test('a problem marks its line without the space around it', () => {
  expect(marked(1)).toBe('<mjml>');
  expect(marked(2)).toBe('<mj-body>');
});

test('an empty line, one that is gone and none at all mark what there is', () => {
  expect(marked(3)).toBe('');
  expect(marked(9)).toBe('</mjml>');
  expect(marked(null)).toBe('');
});

test('problems of other members are left to them', () => {
  expect(placeProblems(text, [problem(1, '/subject')], '/mjml')).toEqual([]);
});

test('what a contact lacks is a warning', () => {
  const missing = { ...problem(1), kind: 'missing' as const };
  expect(placeProblems(text, [missing], '/mjml')).toMatchObject([{ severity: 'warning', line: 1 }]);
});
