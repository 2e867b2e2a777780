import { beforeAll, expect, test } from 'vitest';
import type { Identifier } from '../../inbox/index.ts';
import { testContacts } from '../test-contacts.ts';

const { call, send, identify, idOf, clock } = await testContacts();

beforeAll(async () => {
  const person = (external: string, email: string): Identifier[] => [
    ['external_id', external],
    ['email', email],
  ];
  for (const ids of [
    person('a1', 'a@example.com'),
    person('a2', 'a@example.com'),
    person('a3', 'a@example.com'),
    person('b1', 'b@example.com'),
    person('c1', 'c@example.com'),
    person('c2', 'c@example.com'),
    person('d1', 'd@example.com'),
    person('d2', 'd@example.com'),
  ]) {
    await send([identify(ids)]);
  }
  clock.advance(1000);
  await call('DELETE', `/contacts/${await idOf('d2')}`);
});

async function groups(query: string) {
  const { status, body } = await call('GET', `/contact_duplicates?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return {
    found: body.items.map(
      (group: { value: string; contacts: { external_id: string }[] }) =>
        `${group.value}: ${group.contacts.map((contact) => contact.external_id).join(' ')}`,
    ),
    next: body.next_cursor,
  };
}

test('contacts that share an e-mail are shown together, those deleted not', async () => {
  expect(await groups('by=email')).toEqual({
    found: ['a@example.com: a1 a2 a3', 'c@example.com: c1 c2'],
    next: null,
  });
  expect((await groups('by=phone')).found).toEqual([]);
});

test('page by page', async () => {
  const first = await groups('by=email&limit=1');
  expect(first.found).toEqual(['a@example.com: a1 a2 a3']);
  const second = await groups(`by=email&limit=1&cursor=${first.next}`);
  expect(second.found).toEqual(['c@example.com: c1 c2']);
  const third = await groups(`by=email&limit=1&cursor=${second.next}`);
  expect(third.found).toEqual([]);
});
