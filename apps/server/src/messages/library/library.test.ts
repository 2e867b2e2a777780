import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { categoryRoutes } from '../../categories/index.ts';
import { testApp } from '../../http/test-app.ts';
import { createRenderPool, messageRoutes } from '../index.ts';
import type { AroundMessages, Use } from './around-messages.ts';

const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
});
afterAll(() => renderPool.close());

/** What the rooms to the right say; tests fill it. */
const uses = new Map<number, Use[]>();
const lastSent = new Map<number, Date>();
const around: AroundMessages = {
  findMessageUses: async () => uses,
  findLastSent: async (_db, { messageIds }) =>
    new Map([...lastSent].filter(([id]) => messageIds.includes(id))),
  countSent: async () => ({ total: 12, by_api: 3, at_least: false }),
};

const { call, addWorkspace, addKey, clock } = await testApp({
  routes: [
    ...messageRoutes({ renderPool, around }),
    ...categoryRoutes({ findCategoryUses: async () => [] }),
  ],
});

async function create(parts: object = {}): Promise<string> {
  const { body, status } = await call('POST', '/messages', {
    body: {
      name: 'Welcome',
      channel: 'sms',
      content: { en: { text: 'Hi' } },
      ...parts,
    },
  });
  expect(status).toBe(201);
  return body.id;
}

async function names(query: string): Promise<string[]> {
  const { body, status } = await call('GET', `/messages?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ name }: { name: string }) => name);
}

const workflow = (state: string): Use => ({
  kind: 'workflow',
  id: 7,
  name: 'Onboarding',
  state,
  blocks: [{ id: 'hello', type: 'sms' }],
});

describe('the list', () => {
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    await call('POST', '/categories', { body: { key: 'tips', name: 'Tips' } });
    const make = async (name: string, parts: object) =>
      (ids[name] = await create({ name, ...parts }));
    await make('Banana', { tags: ['Fruit'], categories: ['tips'] });
    await make('apple', {
      content: { uk: { text: 'Яблуко — 100 % смачно' }, en: { text: 'Apple' } },
    });
    await make('Cherry', {
      channel: 'email',
      tags: ['fruit', 'Red'],
      content: { en: { subject: 'Ripe', html: '<p>Stones <b>out</b></p>' } },
    });
    await make('Mould', { template: true });
    uses.set(Number(ids['apple']), [workflow('active')]);
    lastSent.set(Number(ids['Cherry']), new Date('2026-01-02T00:00:00Z'));
    lastSent.set(Number(ids['Banana']), new Date('2026-01-03T00:00:00Z'));
  });

  test.each([
    ['', ['Cherry', 'apple', 'Banana']],
    ['sort=name', ['apple', 'Banana', 'Cherry']],
    ['sort=-name', ['Cherry', 'Banana', 'apple']],
    ['sort=-last_sent_at', ['Banana', 'Cherry', 'apple']],
    ['sort=last_sent_at', ['apple', 'Cherry', 'Banana']],
    ['tag=FRUIT', ['Cherry', 'Banana']],
    ['category=tips', ['Banana']],
    ['language=uk', ['apple']],
    ['channel=email', ['Cherry']],
    ['channel=email,sms', ['Cherry', 'apple', 'Banana']],
    ['used=true', ['apple']],
    ['used=false', ['Cherry', 'Banana']],
    ['template=true', ['Mould']],
    ['template=all&sort=name', ['apple', 'Banana', 'Cherry', 'Mould']],
    ['search=BAN', ['Banana']],
    ['search=red', ['Cherry']],
    [`search=${encodeURIComponent('яблуко')}`, ['apple']],
    [`search=${encodeURIComponent('100 %')}`, ['apple']],
    ['search=ripe', ['Cherry']],
    ['search=stones', ['Cherry']],
    ['search=href', []],
    ['archived=true', []],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test.each(['name', '-name', 'updated_at', '-updated_at', '-created_at', '-last_sent_at'])(
    'pages by %s hold each message once',
    async (sort) => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await call('GET', `/messages?limit=1&sort=${sort}${cursor}`);
        seen.push(...body.items.map(({ name }: { name: string }) => name));
        cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
      } while (cursor);
      expect(seen).toEqual(await names(`sort=${sort}`));
    },
  );

  test('says what uses a message, its languages and its first words, and how many there are', async () => {
    const { body } = await call('GET', '/messages?search=apple&content=false');
    expect(body).toMatchObject({
      total: 1,
      items: [{ languages: ['uk', 'en'], subject: 'Яблуко — 100 % смачно', last_sent_at: null }],
    });
    expect(body.items[0].content).toBeUndefined();
    expect(body.items[0].used_by).toEqual([{ ...workflow('active'), id: '7' }]);
  });

  test('is of one workspace', async () => {
    const as = await addKey({ workspaceId: (await addWorkspace('empty')).id });
    const { body } = await call('GET', '/messages?template=all&search=a', { as });
    expect(body).toMatchObject({ items: [], total: 0 });
  });
});

describe('versions', () => {
  test('say what changed and who changed it; an older one comes back as a new one', async () => {
    const id = await create({ content: { en: { text: 'One' } } });
    const url = `/messages/${id}`;
    await call('PATCH', url, { body: { content: { en: { text: 'Two' }, uk: { text: 'Два' } } } });
    await call('PATCH', url, {
      body: { content: { uk: { text: 'Два' } }, default_language: 'uk' },
    });
    const { body } = await call('GET', `${url}/versions`);
    expect(body.items.map((each: { changes: object }) => each.changes)).toEqual([
      [{ language: 'en', change: 'removed', fields: [] }],
      [
        { language: 'en', change: 'changed', fields: ['text'] },
        { language: 'uk', change: 'added', fields: [] },
      ],
      [],
    ]);
    const paged = await call('GET', `${url}/versions?limit=1&cursor=${await cursorAfter(url)}`);
    expect(paged.body.items).toMatchObject([{ version: 2 }]);
    expect(paged.body.items[0].changes).toHaveLength(2);

    const restored = await call('POST', `${url}/versions/1/restore`);
    expect(restored).toMatchObject({
      status: 200,
      body: { version: 4, default_language: 'en', content: { en: { text: 'One' } } },
    });
    const fourth = await call('GET', `${url}/versions/4`);
    expect(fourth.body).toMatchObject({ restored_from: 1, content: { en: { text: 'One' } } });
    expect((await call('POST', `${url}/versions/4/restore`)).status).toBe(409);
    expect((await call('POST', `${url}/versions/9/restore`)).status).toBe(404);
    expect((await call('GET', `${url}/versions/99999999999`)).status).toBe(400);
  });

  test('say what is different where the message cannot be filled in', async () => {
    const id = await create({ content: { en: { text: '{{ contact.first_name }}' } } });
    const url = `/messages/${id}`;
    const fallbacks = { 'contact.first_name': { en: 'friend' } };
    await call('PATCH', url, { body: { personalisation: { on_missing: 'dont_send', fallbacks } } });
    const { body } = await call('GET', `${url}/versions`);
    const none = { variable: null, language: null };
    expect(body.items).toMatchObject([
      {
        version: 2,
        changes: [],
        personalisation_changes: [
          { rule: 'on_missing', ...none, before: 'empty', after: 'dont_send' },
          {
            rule: 'fallback',
            variable: 'contact.first_name',
            language: 'en',
            before: null,
            after: 'friend',
          },
        ],
      },
      { version: 1, personalisation_changes: [] },
    ]);
    const second = await call('GET', `${url}/versions/2`);
    expect(second.body.personalisation).toEqual({
      on_missing: 'dont_send',
      fallbacks,
      on_fetch_failure: 'retry',
    });
  });

  async function cursorAfter(url: string): Promise<string> {
    return (await call('GET', `${url}/versions?limit=1`)).body.next_cursor;
  }
});

test('a copy has everything that was written, in all languages, and a key of its own', async () => {
  const id = await create({
    name: 'Copied',
    tags: ['Mine'],
    content: { en: { text: 'Hi' }, uk: { text: 'Вітаю' } },
  });
  const copy = await call('POST', `/messages/${id}/copy`, { body: {} });
  expect(copy).toMatchObject({
    status: 201,
    body: {
      name: 'Copied (copy)',
      key: 'copied-copy',
      version: 1,
      template: false,
      tags: ['Mine'],
      content: { en: { text: 'Hi' }, uk: { text: 'Вітаю' } },
    },
  });
  const long = await create({ name: 'x'.repeat(200) });
  const second = await call('POST', `/messages/${long}/copy`, { body: {} });
  expect(second.body.name).toHaveLength(200);
});

test('a template begins messages, and is in no list of them', async () => {
  const id = await create({ name: 'Ours' });
  const template = await call('POST', `/messages/${id}/copy`, {
    body: { name: 'Our look', template: true },
  });
  expect(template.body).toMatchObject({ name: 'Our look', template: true });
  expect(await names('search=our%20look')).toEqual([]);
  const message = await call('POST', `/messages/${template.body.id}/copy`, {
    body: { name: 'Spring', template: false },
  });
  expect(message.body).toMatchObject({ template: false, content: { en: { text: 'Hi' } } });
});

describe('what is at work', () => {
  test.each(['active', 'paused'])('keeps its message while it is %s', async (state) => {
    const id = await create();
    uses.set(Number(id), [workflow(state)]);
    const refused = await call('DELETE', `/messages/${id}`);
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: 'It is sent by the workflow "Onboarding".' },
    });
    expect((await call('PATCH', `/messages/${id}`, { body: { archived: true } })).status).toBe(409);
    expect((await call('DELETE', `/messages/${id}?force=true`)).status).toBe(200);
  });

  test('a draft does not', async () => {
    const id = await create();
    uses.set(Number(id), [workflow('draft')]);
    expect((await call('DELETE', `/messages/${id}`)).status).toBe(200);
  });
});

test('many are changed at once, each for itself', async () => {
  const [kept, gone] = [await create({ name: 'Kept' }), await create({ name: 'Gone' })];
  uses.set(Number(kept), [workflow('active')]);
  const as = await addKey({ workspaceId: (await addWorkspace('bulk')).id });
  const foreign = await call('POST', '/messages', {
    as,
    body: { name: 'Foreign', channel: 'sms', content: { en: { text: 'Hi' } } },
  });
  const { body } = await call('POST', '/messages/bulk', {
    body: {
      changes: [
        { id: kept, archived: true },
        { id: gone, archived: true, tags: ['Old'] },
        { id: foreign.body.id, archived: true },
      ],
    },
  });
  expect(body).toEqual({
    changed: [gone],
    refused: [
      { id: kept, detail: 'It is sent by the workflow "Onboarding".' },
      { id: foreign.body.id, detail: 'There is no such message in this workspace.' },
    ],
  });
  expect((await call('GET', `/messages/${gone}`)).body).toMatchObject({ tags: ['Old'] });
  expect((await call('GET', `/messages/${foreign.body.id}`, { as })).body.archived_at).toBeNull();
});

test('uses tell what sends a message, and how often it was sent lately', async () => {
  const id = await create();
  uses.set(Number(id), [workflow('draft')]);
  const { body } = await call('GET', `/messages/${id}/uses`);
  expect(body).toMatchObject({
    uses: [{ kind: 'workflow', id: '7', blocks: [{ id: 'hello', type: 'sms' }] }],
    sent: { total: 12, by_api: 3, at_least: false },
  });
  expect(new Date(body.sent.since).getTime()).toBe(clock.now().getTime() - 30 * 86_400_000);
});
