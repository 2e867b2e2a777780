import { expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { testApp } from '../http/test-app.ts';
import { deleteTagLinks, linkTags, tagNamesOf, tagRoutes } from './index.ts';

const { call, pool, clock, workspace, addWorkspace, addKey } = await testApp({ routes: tagRoutes });

function link(id: number, names: string[], workspaceId = workspace.id): Promise<void> {
  const object = { kind: 'message', id };
  return inTransaction(pool, (tx) =>
    linkTags(tx, { workspaceId, object, names, now: clock.now() }),
  );
}

async function namesOf(id: number): Promise<string[] | undefined> {
  return (await tagNamesOf(pool, { kind: 'message', ids: [id] })).get(id);
}

test('a tag is made, renamed and deleted', async () => {
  const made = await call('POST', '/tags', { body: { name: ' Winback ' } });
  expect(made).toMatchObject({ status: 201, body: { name: 'Winback', uses: 0 } });
  const url = `/tags/${made.body.id}`;
  const renamed = await call('PATCH', url, { body: { name: 'WinBack' } });
  expect(renamed.body).toEqual({ ...made.body, name: 'WinBack' });
  expect((await call('DELETE', url)).status).toBe(204);
  expect((await call('DELETE', url)).status).toBe(404);
});

test('names are unique without regard to case', async () => {
  const made = await call('POST', '/tags', { body: { name: 'Sale' } });
  const other = await call('POST', '/tags', { body: { name: 'Other' } });
  expect((await call('POST', '/tags', { body: { name: 'SALE' } })).status).toBe(409);
  const rename = { body: { name: 'sale' } };
  expect((await call('PATCH', `/tags/${other.body.id}`, rename)).status).toBe(409);
  expect((await call('PATCH', `/tags/${made.body.id}`, rename)).status).toBe(200);
});

test('many calls for one name at once make one tag', async () => {
  const body = { name: 'Popular' };
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call('POST', '/tags', { body })));
  expect(answers.map(({ status }) => status).sort(byNumber)).toEqual([201, 409, 409, 409, 409]);
});

test.each(['', '   ', 'x'.repeat(51)])('the name %.5j is refused', async (name) => {
  expect((await call('POST', '/tags', { body: { name } })).status).toBe(400);
});

test('an object has exactly the tags it was given last; missing ones are made', async () => {
  await link(1, ['Onboarding', 'Email']);
  await link(1, ['email', 'New']);
  expect(await namesOf(1)).toEqual(['Email', 'New']);
  const { body } = await call('GET', '/tags?search=email');
  expect(body.items).toMatchObject([{ name: 'Email', uses: 1 }]);
  await link(1, []);
  expect(await namesOf(1)).toBeUndefined();
});

test('renaming keeps links, deleting takes them', async () => {
  await link(2, ['Keep me']);
  const { body } = await call('GET', '/tags?search=keep');
  const url = `/tags/${body.items[0].id}`;
  await call('PATCH', url, { body: { name: 'Kept' } });
  expect(await namesOf(2)).toEqual(['Kept']);
  await call('DELETE', url);
  expect(await namesOf(2)).toBeUndefined();
});

test('a deleted object leaves no links', async () => {
  await link(3, ['Left behind']);
  await inTransaction(pool, (tx) => deleteTagLinks(tx, { kind: 'message', id: 3 }));
  const { body } = await call('GET', '/tags?search=left');
  expect(body.items).toMatchObject([{ uses: 0 }]);
});

test('objects tagged at once, in any order of names, wait for nobody for ever', async () => {
  const names = ['Alpha', 'Beta', 'Gamma', 'Delta'];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => link(100 + n, n % 2 ? names : names.toReversed())),
  );
  expect(await namesOf(119)).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma']);
});

test('tags come by name, in pages', async () => {
  const other = await addWorkspace('paged');
  const as = await addKey({ workspaceId: other.id });
  for (const name of ['b', 'C', 'a', 'd']) await call('POST', '/tags', { as, body: { name } });
  const first = await call('GET', '/tags?limit=3', { as });
  const second = await call('GET', `/tags?limit=3&cursor=${first.body.next_cursor}`, { as });
  const names = [...first.body.items, ...second.body.items].map(
    ({ name }: { name: string }) => name,
  );
  expect(names).toEqual(['a', 'b', 'C', 'd']);
});

test('each workspace has tags of its own', async () => {
  const other = await addWorkspace('apart');
  const as = await addKey({ workspaceId: other.id });
  const mine = await call('POST', '/tags', { body: { name: 'Shared word' } });
  expect((await call('POST', '/tags', { as, body: { name: 'Shared word' } })).status).toBe(201);
  const rename = { as, body: { name: 'Taken' } };
  expect((await call('PATCH', `/tags/${mine.body.id}`, rename)).status).toBe(404);
  expect((await call('DELETE', `/tags/${mine.body.id}`, { as })).status).toBe(404);
});

function byNumber(a: number, b: number): number {
  return a - b;
}
