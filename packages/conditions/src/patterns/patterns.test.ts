import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerCase } from '../values/text.ts';
import { compilePattern } from './compile-pattern.ts';
import { parsePattern } from './parse-pattern.ts';
import { searches } from './run-pattern.ts';

function finds(pattern: string, text: string, ignoreCase = false): boolean {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new Error(parsed.message);
  const search = searches(compilePattern(parsed.pattern, ignoreCase));
  return search(ignoreCase ? lowerCase(text) : text);
}

describe('searching', () => {
  test.each<[string, string, boolean]>([
    ['ell', 'hello', true],
    ['^ell', 'hello', false],
    ['^hello$', 'hello', true],
    ['^hello$', 'hello\n', false],
    ['lo$', 'hello', true],
    ['o^', 'o', false],
    ['h.llo', 'h\nllo', true],
    ['^.$', '😀', true],
    ['^..$', '😀', false],
    ['^[😀-😂]$', '😁', true],
    ['colou?r', 'color', true],
    ['^a*$', '', true],
    ['^a+$', '', false],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,3}$', 'aaa', true],
    ['^a{2,}$', 'aaaaa', true],
    ['^a{2}$', 'aa', true],
    ['^a{0}$', '', true],
    ['^(ab|cd)+$', 'abcdab', true],
    ['^(ab|cd)+$', 'abca', false],
    ['^(a|)$', '', true],
    ['^()b$', 'b', true],
    ['^(a*)*$', 'aaa', true],
    ['^(a*)*$', 'aab', false],
    ['^((a|b)*c)*$', 'abcbac', true],
    ['\\d', '٣', false],
    ['^\\d+$', '0123456789', true],
    ['^\\w+$', 'aZ_9', true],
    ['\\w', 'é', false],
    ['^\\s+$', ' \t\n\v\f\r', true],
    ['\\s', '\u00a0', false],
    ['[^a-z]', 'abc', false],
    ['[^a-z]', 'abC', true],
    ['^[\\d.,-]+$', '1.234,5-', true],
    ['^[-a]+$', 'a-', true],
    ['^[a-]+$', 'a-', true],
    ['^[\\]\\\\^]+$', ']\\^', true],
    ['^[^^]$', '^', false],
    ['^[[]$', '[', true],
    ['\\.', 'a', false],
    ['^\\^\\$\\(\\)\\|\\*\\+\\?\\{\\}\\[\\]\\.\\\\$', '^$()|*+?{}[].\\', true],
    ['@(gmail|yahoo)\\.com$', 'ann@gmail.com', true],
    ['@(gmail|yahoo)\\.com$', 'ann@gmailxcom', false],
  ])('%s in %j: %s', (pattern, text, found) => {
    expect(finds(pattern, text)).toBe(found);
  });

  test.each<[string, string, boolean]>([
    ['HELLO', 'Hello', true],
    ['^[A-C]+$', 'abC', true],
    ['^[^A]$', 'a', false],
    ['^[^a]$', 'A', false],
    ['σ', 'ΣΑΣ', true],
    ['^[Α-Ω]+$', 'σας', false],
    ['^[Α-Ω]+$', 'ΣΑΣ', true],
    ['ß', 'ẞ', true],
    ['^\\w+$', 'ABC', true],
  ])('without case, %s in %j: %s', (pattern, text, found) => {
    expect(finds(pattern, text, true)).toBe(found);
  });

  test('patterns that make others backtrack for years take no time', () => {
    const text = 'a'.repeat(20_000);
    expect(finds('^(a+)+$', `${text}!`)).toBe(false);
    expect(finds('^(a|a)*$', `${text}!`)).toBe(false);
    expect(finds('(.*)(.*)(.*)(.*)x', text)).toBe(false);
  });

  test('a search may be asked again and again', () => {
    const parsed = parsePattern('^a(b|c)$');
    if (!parsed.ok) throw new Error(parsed.message);
    const search = searches(compilePattern(parsed.pattern, false));
    expect(['ab', 'b', 'ac', '', 'ab'].map(search)).toEqual([true, false, true, false, true]);
  });
});

describe('refusals', () => {
  test.each([
    ['a repetition of nothing', '*a'],
    ['a repetition after a bar', 'a|+'],
    ['a second repetition', 'a**'],
    ['a lazy repetition', 'a+?'],
    ['a repeated start', '^*'],
    ['an open group', '(a'],
    ['a closing bracket too many', 'a)'],
    ['a group that is not captured', '(?:a)'],
    ['a look-ahead', 'a(?=b)'],
    ['a back-reference', '(a)\\1'],
    ['a word boundary', '\\bword'],
    ['a negated class', '\\D'],
    ['a control escape', '\\n'],
    ['a Unicode class', '\\p{L}'],
    ['a backslash at the end', 'a\\'],
    ['an open set', '[a'],
    ['an empty set', 'a[]'],
    ['an empty negated set', '[^]'],
    ['a range that runs backwards', '[z-a]'],
    ['a range that ends in a class', '[a-\\d]'],
    ['a loose closing bracket', 'a]'],
    ['a loose closing brace', 'a}'],
    ['a brace without a number', 'a{x}'],
    ['an open brace', 'a{2'],
    ['a repetition above 255', 'a{256}'],
    ['a repetition that runs backwards', 'a{3,2}'],
    ['too many steps', '(a{200}){200}'],
    ['too many groups inside one another', '('.repeat(60) + ')'.repeat(60)],
  ])('%s', (_case, pattern) => {
    expect(parsePattern(pattern)).toMatchObject({ ok: false });
  });
});

describe('agreement with the regular expressions of JavaScript', () => {
  // On what both languages have; `\s` is left out, since JavaScript's knows Unicode.
  const literal = fc.constantFrom('a', 'b', 'c', '1', '-', '😀', '\n', 'é');
  const setItem = fc.constantFrom('a', 'b-c', '1-3', '\\d', '\\w', '\\-', '\\]', '😀', 'é-ñ');
  const set = fc
    .tuple(fc.constantFrom('', '^'), fc.array(setItem, { minLength: 1, maxLength: 3 }))
    .map(([negation, items]) => `[${negation}${items.join('')}]`);
  const { pattern } = fc.letrec<{ pattern: string; part: string; atom: string }>((tie) => ({
    atom: fc.oneof(
      { maxDepth: 4 },
      literal,
      set,
      fc.constantFrom('.', '\\d', '\\w', '\\.', '\\|'),
      tie('pattern').map((inner) => `(${inner})`),
    ),
    part: fc.oneof(
      fc.constantFrom('^', '$'),
      fc
        .tuple(tie('atom'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,1}', '{2,}'))
        .map(([atom, repetition]) => atom + repetition),
    ),
    pattern: fc
      .array(fc.array(tie('part'), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((options) => options.map((parts) => parts.join('')).join('|')),
  }));
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '1', '2', '-', '😀', '\n', 'é', ' ', '|'), {
      maxLength: 12,
    })
    .map((characters) => characters.join(''));

  test('a text is found by both or by neither', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 5 }), (source, texts) => {
        fc.pre(parsePattern(source).ok);
        const theirs = new RegExp(source, 'su');
        expect(texts.map((t) => finds(source, t))).toEqual(texts.map((t) => theirs.test(t)));
      }),
      { numRuns: 1000 },
    );
  });

  test('what they refuse, this refuses too', () => {
    const source = fc.string({ unit: fc.constantFrom(...Array.from('ab1-^$.|*+?{}[]()\\,dws')) });
    fc.assert(
      fc.property(source, (characters) => {
        fc.pre(parsePattern(characters).ok);
        // A backslash before punctuation that needs none is a literal here, an error there.
        fc.pre(!/\\[,-]/.test(characters));
        expect(() => new RegExp(characters, 'su')).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
