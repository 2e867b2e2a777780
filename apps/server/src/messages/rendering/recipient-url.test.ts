import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRecipientTokens, type TokenKind } from './recipient-token.ts';
import { recipientLinks } from './recipient-url.ts';

const publicUrl = 'https://news.example';
const delivery = { workspaceId: 1, contactId: 2, sendId: 3, deliveryId: 4, channel: 'email' };

test('an address is sealed when it is read, and once', () => {
  const tokens = createRecipientTokens(randomBytes(32));
  const sealed: TokenKind[] = [];
  const links = recipientLinks({
    publicUrl,
    delivery,
    tokens: {
      ...tokens,
      seal(token) {
        sealed.push(token.kind);
        return tokens.seal(token);
      },
    },
  });
  expect(sealed).toEqual([]);
  const address = links.unsubscribe_url;
  expect(links.unsubscribe_url).toBe(address);
  expect(tokens.open(address.split('/u/')[1]!)).toEqual({ ...delivery, kind: 'unsubscribe' });
  expect(sealed).toEqual(['unsubscribe']);
});
