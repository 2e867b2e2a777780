import { randomBytes } from 'node:crypto';
import { placesIn } from '@perennial/blocks';
import { afterAll, describe, expect, test } from 'vitest';
import { testApp } from '../../http/test-app.ts';
import { settle } from '../../main/around-contacts.ts';
import { createRenderPool } from '../../messages/index.ts';
import { createSecretBox } from '../../secret/index.ts';
import { workflowRoutes } from '../routes.ts';
import { GALLERY_LANGUAGES, readWorkflowGallery } from './read-workflow-gallery.ts';
import { workflowGalleryRoutes } from './routes.ts';

const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
});
afterAll(() => renderPool.close());

const { call, pool, workspace, addWorkspace, addKey } = await testApp({
  routes: [
    ...workflowGalleryRoutes({ renderPool }),
    ...workflowRoutes({ settle, renderPool, box: createSecretBox('test') }),
  ],
});
const entries = await readWorkflowGallery();

/** Every need by what it is mostly called. */
function usualNames(needs: (typeof entries)[number]['events']): Record<string, string> {
  return Object.fromEntries(Object.entries(needs).map(([key, { usual }]) => [key, usual[0]!]));
}

const take = (key: string, body: object = {}, as?: Record<string, string>) => {
  const entry = entries.find((one) => one.key === key)!;
  const names = { events: usualNames(entry.events), fields: usualNames(entry.fields) };
  return call('POST', `/workflow_gallery/${key}/take`, {
    body: { ...names, ...body },
    ...(as && { as }),
  });
};

async function namesOf(table: 'messages' | 'segments'): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from ${table} where workspace_id = $1 order by id`,
    [workspace.id],
  );
  return rows.map(({ name }) => name);
}

test('there is one for each of the usual reasons, told in both languages', async () => {
  const { body } = await call('GET', '/workflow_gallery');
  expect(body.items.map(({ key }: { key: string }) => key)).toEqual([
    'welcome',
    'onboarding',
    'trial-ending',
    'streak-lost',
    'win-back',
    'abandoned-cart',
    'birthday',
    're-permission',
    'feedback',
    'double-opt-in',
  ]);
  const { body: ukrainian } = await call('GET', '/workflow_gallery?language=uk');
  for (const [i, item] of ukrainian.items.entries()) {
    expect(item.name).not.toBe(body.items[i].name);
    expect(item.languages).toEqual([...GALLERY_LANGUAGES]);
  }
});

test.each(entries.map((entry) => [entry.key, entry] as const))(
  '%s names all that it needs, and needs all that it names',
  (_, entry) => {
    const places = [...placesIn(entry.definition), ...placesIn(entry.segments)];
    const named = (kind: string) =>
      new Set(places.filter((place) => place.kind === kind).map(({ name }) => name));
    expect(named('event')).toEqual(new Set(Object.keys(entry.events)));
    expect(named('field')).toEqual(new Set(Object.keys(entry.fields)));
    expect(named('segment')).toEqual(new Set(Object.keys(entry.segments)));
    expect(named('message')).toEqual(new Set(Object.keys(entry.messages)));
    for (const words of entry.texts.values()) {
      expect(Object.keys(words.events)).toEqual(Object.keys(entry.events));
      expect(Object.keys(words.fields)).toEqual(Object.keys(entry.fields));
      expect(Object.keys(words.segments)).toEqual(Object.keys(entry.segments));
      expect(Object.keys(words.messages)).toEqual(Object.keys(entry.messages));
      expect(new Set(Object.keys(words.texts))).toEqual(named('text'));
    }
  },
);

const everyOne = entries.flatMap(({ key }) =>
  GALLERY_LANGUAGES.map((language) => [key, language] as const),
);

test.each(everyOne)(
  '%s in %s can be published as it is taken',
  async (key, language) => {
    const { status, body } = await take(key, { languages: [language] });
    expect([status, body.verdict?.errors]).toEqual([201, []]);
    expect(JSON.stringify(body.workflow.definition)).not.toContain('[[');
    // Nobody has sent these events yet, and that is all there is to say.
    for (const { message } of body.verdict.warnings) expect(message).toMatch(/has been seen yet/);
    const published = await call('POST', `/workflows/${body.workflow.id}/publish`);
    expect(published.status).toBe(200);
    // The first mail that is compiled loads the compiler.
  },
  120_000,
);

describe('what is taken', () => {
  test('brings its messages and segments along, in the languages that were asked for', async () => {
    const [messages, segments] = [await namesOf('messages'), await namesOf('segments')];
    const { body } = await take('win-back', { languages: ['uk', 'en'], name: 'Назад' });
    expect(body.workflow).toMatchObject({ name: 'Назад', state: 'draft', published: null });
    expect((await namesOf('messages')).slice(messages.length)).toEqual([
      'Повернення: лист',
      'Повернення: пуш',
    ]);
    const [segment] = (await namesOf('segments')).slice(segments.length);
    expect(segment).toMatch(/^Не було 30 днів/);
    const { rows } = await pool.query<{ default_language: string; languages: string[] }>(
      `select m.default_language, array(select jsonb_object_keys(v.content)) as languages
       from messages m join message_versions v on v.message_id = m.id
       where m.workspace_id = $1 order by m.id desc limit 1`,
      [workspace.id],
    );
    expect(rows[0]!.default_language).toBe('uk');
    expect(rows[0]!.languages.toSorted()).toEqual(['en', 'uk']);
  });

  test('listens to the events that the workspace has', async () => {
    const events = { streak_lost: 'Chain broken', active: 'Trained' };
    const { body } = await take('streak-lost', { events });
    expect(body.workflow.definition).toMatchObject({
      start: { event: 'Chain broken' },
      blocks: { wait: { event: 'Trained' } },
    });
  });
});

describe('what is asked for wrongly', () => {
  test.each([
    [{ events: { signed_up: 'SignedUp' } }, '/events/active'],
    [{ events: { signed_up: 'A', active: 'B', other: 'C' } }, '/events/other'],
    [{ fields: { birthday: 'birthday' } }, '/fields/birthday'],
    [{ languages: ['en', 'de'] }, '/languages/1'],
  ])('%j is refused at its place, before anything is made', async (order, path) => {
    const before = await namesOf('messages');
    const { status, body } = await take('welcome', order);
    expect([status, body.errors[0].path]).toEqual([422, path]);
    expect(await namesOf('messages')).toEqual(before);
  });

  test('a field that is not there is told with the draft', async () => {
    const { status, body } = await take('birthday', { fields: { birthday: 'custom.nothing' } });
    expect(status).toBe(201);
    expect(body.verdict).toMatchObject({ valid: false, errors: [{ path: '/start/field' }] });
  });

  test('an entry that is not there is not found', async () => {
    const answer = await call('POST', '/workflow_gallery/nothing/take', { body: {} });
    expect(answer.status).toBe(404);
  });
});

test('who may not write messages or segments takes none that has them', async () => {
  const key = await addKey({ rights: ['workflows.write'] });
  expect((await take('welcome', {}, key)).status).toBe(403);
  const writer = await addKey({ rights: ['workflows.write', 'messages.write'] });
  expect((await take('welcome', {}, writer)).status).toBe(201);
  expect((await take('win-back', {}, writer)).status).toBe(403);
});

test('what is taken is of the workspace whose key asks', async () => {
  const other = await addWorkspace('other');
  const key = await addKey({ workspaceId: other.id });
  const before = await namesOf('messages');
  const { body } = await take('feedback', {}, key);
  expect(await namesOf('messages')).toEqual(before);
  expect((await call('GET', `/workflows/${body.workflow.id}`)).status).toBe(404);
});
