import { expect, test } from 'vitest';
import { createSecretBox } from '../../secret/index.ts';
import { createDeliveryKeys } from './delivery-key.ts';

const keys = createDeliveryKeys(createSecretBox('a secret of this test only'));

test.each([1, 42, 2 ** 40, Number.MAX_SAFE_INTEGER])('the key of %i leads back to it', (id) => {
  expect(keys.read(keys.of(id))).toBe(id);
  // What every provider takes in its metadata, and what fits into an address of bounces.
  expect(keys.of(id)).toMatch(/^[a-z0-9_]{1,40}$/);
});

test('a key that was made up, changed, or made elsewhere leads nowhere', () => {
  const other = createDeliveryKeys(createSecretBox('a secret of another installation'));
  const [id, mark] = keys.of(42).split('_') as [string, string];
  const forged = [
    other.of(42),
    `${id}_${'0'.repeat(16)}`,
    `${(43).toString(36)}_${mark}`,
    `${id}_${mark}x`,
    `${id.toUpperCase()}_${mark.toUpperCase()}`,
    `zzzzzzzzzzz_${mark}`,
    '',
    'try_0123456789abcdef',
  ];
  expect(forged.map((key) => keys.read(key))).toEqual(forged.map(() => undefined));
});

test('a Message-ID is the key at the domain of the sender', () => {
  expect(keys.messageId(42, { from: 'Shop <hi@shop.example>' })).toBe(
    `${keys.of(42)}@shop.example`,
  );
});
