import { expect, test } from 'vitest';
import { headerRows, rowsToHeaders } from './header-rows.ts';

test('headers become rows and are the same again', () => {
  const headers = {
    'x-text': 'a {{ event.b }}',
    'x-event': { $event: 'b' },
    authorization: { $secret: '7' },
  };
  expect(headerRows(headers).map(({ isSecret }) => isSecret)).toEqual([false, false, true]);
  expect(rowsToHeaders(headerRows(headers))).toEqual(headers);
});

test('a secret that was typed is told as one, and what is not finished is left out', () => {
  expect(
    rowsToHeaders([
      { name: ' authorization ', value: 'Bearer x', isSecret: true },
      { name: 'x-empty', value: '', isSecret: true },
      { name: '', value: 'y', isSecret: false },
    ]),
  ).toEqual({ authorization: { secret: 'Bearer x' } });
  expect(rowsToHeaders([])).toBeUndefined();
});
