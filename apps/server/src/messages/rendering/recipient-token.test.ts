import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { channelKeys } from '@perennial/channels';
import { expect, test } from 'vitest';
import { createRecipientTokens, TOKEN_KINDS } from './recipient-token.ts';

const tokens = createRecipientTokens(randomBytes(32));
const id = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const token = fc.record({
  kind: fc.constantFrom(...TOKEN_KINDS),
  channel: fc.constantFrom(...channelKeys),
  workspaceId: id,
  contactId: id,
  sendId: id,
  deliveryId: id,
  url: fc.webUrl({ withQueryParameters: true }),
});

test('a token opens to what was sealed, and is the same each time', () => {
  fc.assert(
    fc.property(token, (value) => {
      expect(tokens.open(tokens.seal(value))).toEqual(value);
      expect(tokens.seal(value)).toBe(tokens.seal(value));
    }),
  );
});

test('nothing but what was sealed opens: not with one character changed, cut or added', () => {
  fc.assert(
    fc.property(token, fc.nat(), fc.constantFrom('A', 'b', '-', '9'), (value, place, sign) => {
      const sealed = tokens.seal(value);
      const at = place % sealed.length;
      const changed = sealed.slice(0, at) + sign + sealed.slice(at + 1);
      if (changed !== sealed) expect(tokens.open(changed)).toBeUndefined();
      expect(tokens.open(sealed.slice(0, -1))).toBeUndefined();
      expect(tokens.open(sealed + sign)).toBeUndefined();
    }),
  );
});

test('another installation can neither open nor make one', () => {
  const others = createRecipientTokens(randomBytes(32));
  fc.assert(
    fc.property(token, (value) => {
      expect(tokens.open(others.seal(value))).toBeUndefined();
    }),
  );
});

test('a token shows no address that it leads to', () => {
  const sealed = tokens.seal({
    kind: 'link',
    channel: 'email',
    workspaceId: 1,
    contactId: 2,
    sendId: 3,
    deliveryId: 4,
    url: 'https://shop.example/?mail=ann@home.example',
  });
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/shop|ann/);
});

test.each(['', 'x', 'a'.repeat(60), '../etc/passwd', '%00', 'é'.repeat(60)])(
  '%j is no token',
  (text) => {
    expect(tokens.open(text)).toBeUndefined();
  },
);
