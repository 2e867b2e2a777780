import { expect, test } from 'vitest';
import { testContacts } from '../test-contacts.ts';

const { call, logIn } = await testContacts();
const ann = await logIn('marketer', { email: 'ann@example.com' });
const bob = await logIn('designer', { email: 'bob@example.com' });

const arrangement = {
  filter: { type: 'field', field: 'country', op: 'equals', value: 'UA' },
  sort: '-created_at',
  columns: ['name', 'custom.plan'],
};

async function save(as: Record<string, string>, body: object) {
  return call('POST', '/contact_views', { as, body: { arrangement, ...body } });
}

async function seen(as: Record<string, string>): Promise<string[]> {
  const { body } = await call('GET', '/contact_views', { as });
  return body.items.map(({ name, mine }: { name: string; mine: boolean }) => `${name} ${mine}`);
}

test('views are their user’s own, or shared', async () => {
  await save(ann, { name: 'B mine' });
  const { body: shared } = await save(ann, { name: 'a shared', shared: true });
  expect(shared).toMatchObject({ mine: true, shared: true, arrangement });
  expect(await seen(ann)).toEqual(['a shared true', 'B mine true']);
  expect(await seen(bob)).toEqual(['a shared false']);
  const rename = { name: 'taken over' };
  expect(
    (await call('PATCH', `/contact_views/${shared.id}`, { as: bob, body: rename })).status,
  ).toBe(403);
  expect((await call('DELETE', `/contact_views/${shared.id}`, { as: bob })).status).toBe(403);
});

test('a view is changed and deleted by whom it belongs to', async () => {
  const { body: view } = await save(bob, { name: 'Mine' });
  const change = { arrangement: { sort: 'name' }, name: 'Still mine' };
  const { body } = await call('PATCH', `/contact_views/${view.id}`, { as: bob, body: change });
  expect(body).toMatchObject({ ...change, shared: false });
  expect((await call('PATCH', `/contact_views/${view.id}`, { as: ann, body: {} })).status).toBe(
    404,
  );
  expect((await call('DELETE', `/contact_views/${view.id}`, { as: bob })).status).toBe(204);
  expect(await seen(bob)).toEqual(['a shared false']);
});

test('a view with a filter that is wrong is not saved', async () => {
  const { status, body } = await save(ann, {
    name: 'Wrong',
    arrangement: { filter: { type: 'field', field: 'nothing', op: 'is_set' } },
  });
  expect({ status, path: body.errors[0].path }).toEqual({ status: 400, path: '/filter/field' });
  expect((await save(ann, { name: ' ' })).status).toBe(400);
});
