import type { ExpectedParam } from '@perennial/contracts';
import { expect, test } from 'vitest';
import type { JsonObject } from '../inbox/index.ts';
import { checkParams } from './check-params.ts';

const expected: ExpectedParam[] = [
  { name: 'orderId', required: true, type: null },
  { name: 'total', required: false, type: 'number' },
  { name: 'gift', required: false, type: 'boolean' },
  { name: 'items', required: false, type: 'array' },
  { name: 'constructor', required: false, type: 'object' },
];

test.each<[JsonObject, string[]]>([
  [{ orderId: 'a' }, []],
  [{ orderId: 0, total: 5, gift: false, items: [], constructor: {} }, []],
  [{ orderId: 'a', total: '12.50', gift: 'TRUE' }, []],
  [{}, ['orderId is required']],
  [{ orderId: null }, ['orderId is required']],
  [{ orderid: 'a' }, ['orderId is required']],
  [{ orderId: 'a', total: null }, []],
  [{ orderId: 'a', total: '' }, ['total must be a number']],
  [
    { orderId: 'a', total: '12 kg', gift: 1 },
    ['total must be a number', 'gift must be true or false'],
  ],
  [{ orderId: 'a', items: { 0: 'x' } }, ['items must be a list']],
  [{ orderId: 'a', constructor: [] }, ['constructor must be an object']],
])('%j has the problems %j', (params, problems) => {
  const found = checkParams(expected, params);
  expect(found.map(({ path, message }) => `${path} ${message}`)).toEqual(problems);
});
