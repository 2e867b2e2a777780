import { describe, expect, test } from 'vitest';
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

test('uses are counted by kind', async () => {
  await inTransaction(pool, async (tx) => {
    for (const object of [
      { kind: 'segment', id: 41 },
      { kind: 'workflow', id: 41 },
      { kind: 'workflow', id: 42 },
    ]) {
      await linkTags(tx, {
        workspaceId: workspace.id,
        object,
        names: ['Kinds'],
        now: clock.now(),
      });
    }
  });
  const { body } = await call('GET', '/tags?search=kinds');
  expect(body.items).toMatchObject([{ uses: 3, uses_by_kind: { segment: 1, workflow: 2 } }]);
});

async function idOf(name: string): Promise<string> {
  const { body } = await call('GET', `/tags?search=${encodeURIComponent(name)}`);
  return body.items.find((tag: { name: string }) => tag.name === name).id;
}

describe('merging', () => {
  test('is foreseen, done once for what has several of the tags, and taken back', async () => {
    await link(51, ['Promo']);
    await link(52, ['Promo', 'Promos']);
    await link(53, ['promotion', 'Promo']);
    const body = {
      tags: [await idOf('Promo'), await idOf('Promos')],
      into: await idOf('promotion'),
    };
    const foreseen = await call('POST', '/tags/merge', { body: { ...body, preview: true } });
    expect(foreseen).toMatchObject({ status: 200, body: { moved: 2, tag: { uses: 3 } } });
    expect(await namesOf(52)).toEqual(['Promo', 'Promos']);

    const merged = await call('POST', '/tags/merge', { body });
    expect(merged.body).toMatchObject({ moved: 2, tag: { name: 'promotion', uses: 3 } });
    expect([await namesOf(51), await namesOf(52), await namesOf(53)]).toEqual(
      Array.from({ length: 3 }, () => ['promotion']),
    );

    const restored = await call('POST', '/tags/restore', { body: { tags: merged.body.removed } });
    expect(restored.body.items).toMatchObject([
      { id: body.tags[0], name: 'Promo', uses: 3 },
      { id: body.tags[1], name: 'Promos', uses: 1 },
    ]);
    expect([await namesOf(51), await namesOf(52), await namesOf(53)]).toEqual([
      ['Promo'],
      ['Promo', 'Promos'],
      ['Promo', 'promotion'],
    ]);
  });

  test('refuses a tag with itself, and tags of another workspace', async () => {
    await link(54, ['One', 'Two']);
    const [one, two] = [await idOf('One'), await idOf('Two')];
    const itself = await call('POST', '/tags/merge', { body: { tags: [one, two], into: two } });
    expect(itself.status).toBe(422);
    const other = await addWorkspace('merging');
    const as = await addKey({ workspaceId: other.id });
    const foreign = await call('POST', '/tags', { as, body: { name: 'Foreign' } });
    for (const body of [
      { tags: [foreign.body.id], into: two },
      { tags: [one], into: foreign.body.id },
    ]) {
      expect((await call('POST', '/tags/merge', { body })).status).toBe(404);
    }
    expect(await namesOf(54)).toEqual(['One', 'Two']);
  });
});

describe('bringing back', () => {
  test('a deleted tag comes back under its ID, on what had it', async () => {
    await link(61, ['Lost', 'Stays']);
    const id = await idOf('Lost');
    await call('DELETE', `/tags/${id}`);
    const restored = await call('POST', '/tags/restore', { body: { tags: [id] } });
    expect(restored.body.items).toMatchObject([{ id, name: 'Lost', uses: 1 }]);
    expect(await namesOf(61)).toEqual(['Lost', 'Stays']);
    expect((await call('POST', '/tags/restore', { body: { tags: [id] } })).status).toBe(404);
  });

  test('not while another has its name, and from no other workspace', async () => {
    await link(62, ['Twice']);
    const id = await idOf('Twice');
    await call('DELETE', `/tags/${id}`);
    const other = await addWorkspace('restoring');
    const as = await addKey({ workspaceId: other.id });
    expect((await call('POST', '/tags/restore', { as, body: { tags: [id] } })).status).toBe(404);
    await call('POST', '/tags', { body: { name: 'TWICE' } });
    expect((await call('POST', '/tags/restore', { body: { tags: [id] } })).status).toBe(409);
  });

  test('is forgotten after 30 days', async () => {
    await link(63, ['Old', 'Newer']);
    const [old, newer] = [await idOf('Old'), await idOf('Newer')];
    await call('DELETE', `/tags/${old}`);
    clock.advance(31 * 24 * 60 * 60 * 1000);
    await call('DELETE', `/tags/${newer}`);
    expect((await call('POST', '/tags/restore', { body: { tags: [old] } })).status).toBe(404);
  });
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
