import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareDecimals,
  decimalJson,
  decimalText,
  numberText,
  readNumber,
  sumDecimals,
} from './number.ts';

describe('reading', () => {
  test.each([
    ['a JSON number', 5, '5'],
    ['a number string of a mobile SDK', '5', '5'],
    ['zeros around', '007.50', '7.5'],
    ['a negative string', '-12.25', '-12.25'],
    ['30 characters, exactly', '0.1234567890123456789012345678', '0.1234567890123456789012345678'],
    ['minus zero', -0, '0'],
    ['minus zero as text', '-0', '0'],
    ['a long minus zero', '-0.00000000000000000', '0'],
  ])('%s is a number', (_case, value, text) => {
    const number = readNumber(value);
    expect(number === undefined ? undefined : decimalText(number)).toBe(text);
  });

  test.each([
    '1e3',
    '+5',
    ' 5',
    '5 ',
    '.5',
    '5.',
    '0x10',
    '1,000',
    '',
    '٣',
    'NaN',
    'Infinity',
    '1234567890123456789012345678901',
    true,
    null,
    [],
    {},
    undefined,
    Infinity,
    NaN,
  ])('%j is no number', (value) => {
    expect(readNumber(value)).toBeUndefined();
  });
});

describe('texts of numbers', () => {
  test.each([
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [123.456, '123.456'],
    [-5, '-5'],
    [5.1e-7, '0.00000051'],
  ])('%d is written %s', (number, text) => {
    expect(numberText(number)).toBe(text);
  });
});

describe('arithmetic', () => {
  test('a tenth and two tenths are three tenths', () => {
    expect(compareDecimals(sumDecimals([0.1, 0.2]), 0.3)).toBe(0);
  });

  test('a long string differs from the double next to it', () => {
    const long = readNumber('0.1000000000000000055') ?? 0;
    expect(compareDecimals(long, 0.1)).toBe(1);
    expect(decimalJson(long)).toBe('0.1000000000000000055');
  });

  test('doubles order as their decimal texts do', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(double, double, (a, b) => {
        const exact = sumDecimals([a]).cmp(sumDecimals([b]));
        expect(Math.sign(compareDecimals(a, b))).toBe(exact);
      }),
    );
  });

  test('whole numbers beyond 2^53 add exactly', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(decimalText(sumDecimals([most, most, 0.5, 3]))).toBe('18014398509481985.5');
  });

  test('a sum does not depend on the order', () => {
    const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(doubles, (numbers) => {
        const backwards = [...numbers].reverse();
        expect(compareDecimals(sumDecimals(numbers), sumDecimals(backwards))).toBe(0);
      }),
    );
  });
});
