import { describe, expect, test } from 'vitest';
import { createLiquidEngine } from './liquid.ts';
import { formatLanguage, type Locale } from './locale-formats.ts';
import { TemplateError } from './template-error.ts';
import { renderingFor } from './test-rendering.ts';

const engine = createLiquidEngine();

function render(source: string, locale: Partial<Locale> = {}, variables: object = {}): string {
  const text = engine.parse(source, { path: '/text', writing: 'plain' });
  const rendered = engine.render(text, {
    ...renderingFor({ locale, variables }),
    path: '/text',
    source,
  });
  // Which space stands between a number and its sign is ICU's affair.
  return rendered.replace(/[\u00a0\u202f]/g, ' ');
}

const uk = { language: 'uk', currency: 'UAH' };
const NEW_YORK = { timeZone: 'America/New_York' };

describe('dates', () => {
  test.each<[string, Partial<Locale>, string]>([
    ['{{ "now" | local_date }}', {}, 'Mar 2, 2026'],
    ['{{ "now" | local_date: "long" }}', NEW_YORK, 'March 1, 2026'],
    ['{{ "now" | local_date: "long" }}', uk, '2 березня 2026 р.'],
    ['{{ "now" | local_date: "long", "America/New_York" }}', uk, '1 березня 2026 р.'],
    ['{{ "now" | local_date: "day_month" }}', { language: 'de' }, '2. März'],
    ['{{ "now" | local_date: "weekday" }}', uk, 'понеділок'],
    ['{{ "now" | local_time }}', { language: 'de' }, '01:30'],
    ['{{ "now" | local_date_time: "short" }}', { language: 'en-GB' }, '02/03/2026, 01:30'],
    ['{{ "2026-05-06T10:00:00Z" | local_time }}', uk, '13:00'],
    ['{{ 1767225600 | local_date: "year" }}', NEW_YORK, '2025'],
    ['{{ "soon" | local_date }}', {}, 'soon'],
    ['{{ nothing | local_date }}', {}, ''],
    ['{{ "now" | date: "%d %B" }}', uk, '02 березень'],
  ])('%s for %o is %s', (source, locale, expected) => {
    expect(render(source, locale)).toBe(expected);
  });

  test('a day without a time is that day in every zone', () => {
    expect(render('{{ "1990-05-06" | local_date: "long" }}', NEW_YORK)).toBe('May 6, 1990');
  });
});

describe('how long until then', () => {
  test.each<[string, Partial<Locale>, string]>([
    ['2026-03-01T23:30:20Z', {}, 'now'],
    ['2026-03-01T23:50:00Z', {}, 'in 20 minutes'],
    ['2026-03-02T03:30:00Z', {}, 'in 4 hours'],
    // Yesterday evening in Kyiv, an hour and a half ago.
    ['2026-03-01T21:59:00Z', {}, 'yesterday'],
    ['2026-03-02T23:30:00Z', uk, 'завтра'],
    ['2026-03-06T12:00:00Z', uk, 'через 4 дні'],
    ['2026-02-08T12:00:00Z', {}, '3 weeks ago'],
    ['2027-09-01T12:00:00Z', {}, 'next year'],
    ['whenever', {}, 'whenever'],
  ])('%s for %o is %s', (at, locale, expected) => {
    expect(render('{{ at | relative }}', locale, { at })).toBe(expected);
  });
});

describe('numbers and money', () => {
  test.each<[string, Partial<Locale>, string]>([
    ['{{ 1234567.891 | number }}', {}, '1,234,567.891'],
    ['{{ 1234.5 | number: 2 }}', { language: 'de' }, '1.234,50'],
    ['{{ "12345678901234567890" | number }}', {}, '12,345,678,901,234,567,890'],
    ['{{ 1534000 | number: "compact" }}', {}, '1.5M'],
    ['{{ "a lot" | number }}', {}, 'a lot'],
    ['{{ 0.256 | percent }}', {}, '26%'],
    ['{{ 0.256 | percent: 1 }}', uk, '25,6%'],
    ['{{ 1999 | money }}', {}, '$1,999.00'],
    ['{{ 1999 | money }}', uk, '1 999,00 ₴'],
    ['{{ 1999 | money: "EUR" }}', { language: 'de' }, '1.999,00 €'],
    ['{{ 1999 | currency: "JPY" }}', {}, '¥1,999'],
    ['{{ 1999 | money: "UAH", 0 }}', uk, '1 999 ₴'],
    ['{{ 5 | money: event.currency }}', {}, '$5.00'],
    ['{{ 5 | money: "points" }}', {}, '5 POINTS'],
  ])('%s for %o is %s', (source, locale, expected) => {
    expect(render(source, locale)).toBe(expected);
  });
});

describe('plurals', () => {
  const named = '{{ n | plural: one: "# день", few: "# дні", many: "# днів" }}';
  test.each([
    [1, '1 день'],
    [3, '3 дні'],
    [11, '11 днів'],
    [21, '21 день'],
    [104, '104 дні'],
    [1500, '1 500 днів'],
    // `other`, which is not given.
    [1.5, '1,5 днів'],
  ])('of %d in Ukrainian', (n, expected) => {
    expect(render(named, uk, { n })).toBe(expected);
    expect(render('{{ n | pluralize: "# день", "# дні", "# днів" }}', uk, { n })).toBe(expected);
  });

  test('in English take two forms', () => {
    const source = '{{ 1 | plural: "day", "days" }} {{ 0 | plural: "day", "days" }}';
    expect(render(source)).toBe('day days');
  });
});

test.each([
  ['{{ "now" | local_date: "longest" }}', /no format "longest": take short, medium/],
  ['{{ "now" | local_date: "long", "Mars" }}', /no time zone "Mars"/],
  ['{{ 1 | number: 99 }}', /decimal places/],
  ['{{ 1 | plural: "a", "b", "c", "d" }}', /one to three forms/],
])('%s says what is wrong, and on which line', (source, message) => {
  try {
    render(`\n${source}`);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.problem).toMatchObject({ line: 2, message: expect.stringMatching(message) });
  }
});

test.each([
  ['de', 'de-AT', 'de-AT'],
  ['pt-BR', 'pt-PT', 'pt-PT'],
  // Dates in the reader's language would be strangers in the text.
  ['en', 'uk', 'en'],
  ['en', undefined, 'en'],
  ['en', 'not a language', 'en'],
  ['tlh', undefined, 'en'],
])('a text in %s for a reader of %s is written as %s', (text, own, expected) => {
  expect(formatLanguage(text, own)).toBe(expected);
});
