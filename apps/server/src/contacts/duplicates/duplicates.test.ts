import { beforeAll, expect, test } from 'vitest';
import type { Identifier } from '../../inbox/index.ts';
import { testContacts } from '../test-contacts.ts';

const { call, send, identify, idOf, clock, finishJob } = await testContacts();

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

async function merge(body: object) {
  const begun = await call('POST', '/contact_duplicates/merge', { body });
  expect(begun.status, JSON.stringify(begun.body)).toBe(202);
  await finishJob(begun.body.id);
  return (await call('GET', `/jobs/${begun.body.id}`)).body;
}

test('a rule merges no two external IDs, and says so', async () => {
  const job = await merge({ by: 'email', keep: 'oldest' });
  expect(job).toMatchObject({ state: 'done', done: 0, failed: 2 });
  const { body } = await call('GET', `/jobs/${job.id}/errors`);
  expect(body.items[0].message).toBe('Several have an external ID: merge them by hand.');
  expect((await groups('by=email')).found).toHaveLength(2);
});

test('the one with an external ID stays, and has what the other had', async () => {
  await send([
    identify([
      ['external_id', 't1'],
      ['email', 'twin@example.com'],
    ]),
  ]);
  await send([identify([['device_id', 'phone-1']], { city: 'Lviv' })]);
  const visitor = (await call('GET', '/contacts?identified=all')).body.items[0];
  expect(visitor).toMatchObject({ city: 'Lviv', external_id: null });
  clock.advance(1000);
  const given = await call('PATCH', `/contacts/${visitor.id}`, {
    body: { email: 'twin@example.com' },
  });
  expect(given.status).toBe(200);
  expect((await groups('by=email')).found).toContain('twin@example.com: t1 ');
  clock.advance(1000);
  expect(await merge({ by: 'email', keep: 'newest' })).toMatchObject({ done: 1, failed: 2 });
  const survivor = await call('GET', `/contacts/${visitor.id}`);
  expect(survivor.body).toMatchObject({ id: await idOf('t1'), city: 'Lviv' });
});
