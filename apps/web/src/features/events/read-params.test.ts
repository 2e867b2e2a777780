import { expect, test } from 'vitest';
import { readParams } from './read-params.ts';

test.each([
  ['{"email": "a@b.example"}', { email: 'a@b.example' }],
  ['{"eventTypeKey": "A", "params": {"phone": 1}}', { phone: 1 }],
  ['{"eventTypeKey": "A", "params": [{"name": "sms", "value": "1"}]}', { sms: '1' }],
  ['{"eventTypeKey": "A"}', {}],
  ['[1]', undefined],
  ['{"eventTypeKey": "A", "params": 5}', undefined],
  ['{', undefined],
])('%s holds %j', (text, params) => {
  expect(readParams(text)).toEqual(params);
});
