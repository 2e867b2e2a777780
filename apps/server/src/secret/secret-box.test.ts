import { describe, expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('a secret of some length');
const other = createSecretBox('another secret, as long');

describe('sealing', () => {
  test.each(['', 'smtp-password', 'пароль 🔑', 'x'.repeat(10_000)])('gives back %.20s', (text) => {
    expect(box.open(box.seal(text))).toBe(text);
  });

  test('never gives the same twice', () => {
    expect(box.seal('password')).not.toBe(box.seal('password'));
  });

  test('does not open under another secret, nor after any change', () => {
    const sealed = box.seal('password');
    expect(() => other.open(sealed)).toThrow('cannot be decrypted');
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`;
      expect(() => box.open(changed), `character ${i}`).toThrow('cannot be decrypted');
    }
    expect(() => box.open('')).toThrow('cannot be decrypted');
  });
});

describe('signing', () => {
  const mac = box.sign('unsubscribe', 'contact 7');

  test('accepts what it signed', () => {
    expect(box.verify('unsubscribe', 'contact 7', mac)).toBe(true);
    expect(createSecretBox('a secret of some length').verify('unsubscribe', 'contact 7', mac)).toBe(
      true,
    );
  });

  test('refuses other data, another purpose, another secret, another length', () => {
    expect(box.verify('unsubscribe', 'contact 8', mac)).toBe(false);
    expect(box.verify('click', 'contact 7', mac)).toBe(false);
    expect(other.verify('unsubscribe', 'contact 7', mac)).toBe(false);
    expect(box.verify('unsubscribe', 'contact 7', mac.subarray(1))).toBe(false);
  });
});

test('the fingerprint tells secrets apart and does not hold them', () => {
  expect(box.fingerprint()).toBe(createSecretBox('a secret of some length').fingerprint());
  expect(box.fingerprint()).not.toBe(other.fingerprint());
});
