import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { writeAudit } from '../audit/index.ts';
import { campaignRoutes, renderingCheckRoutes, renderingCheckWork } from '../campaigns/index.ts';
import { testApp } from '../http/test-app.ts';
import { doWork, jobRoutes, workKinds } from '../jobs/index.ts';
import { doSlice } from '../jobs/do-work.ts';
import { blockRoutes, messageRoutes, type RenderPool } from '../messages/index.ts';
import { testRenderPool } from '../sends/senders/test-senders.ts';
import { createWorld, TEST_SLOTS } from '../sends/test-world.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { aroundContacts } from './around-contacts.ts';

const renderPool = testRenderPool();
afterAll(() => renderPool.close());
const { questions } = aroundContacts;

const kinds = workKinds([renderingCheckWork({ renderPool, questions })]);
const { call, pool, clock, addWorkspace, addKey, workspace } = await testApp({
  routes: [
    ...messageRoutes({ renderPool }),
    ...blockRoutes({ renderPool }),
    ...campaignRoutes({ questions }),
    ...renderingCheckRoutes({ renderPool, questions }),
    ...jobRoutes({ kinds, writeAudit }),
  ],
});
const rows = createWorld(pool);
await initialiseInstallation(pool, { slots: TEST_SLOTS, now: clock.now() });

let made = 0;

/** A workspace of its own with a key: audiences are counted. */
async function world() {
  made += 1;
  const { id: workspaceId } = await addWorkspace(`audience-${made}`);
  const as = await addKey({ workspaceId });
  const post = async (url: string, body: object = {}) => call('POST', url, { as, body });
  return {
    as,
    workspaceId,
    post,
    get: async (url: string) => (await call('GET', url, { as })).body,
    async people(n: number, fields: (i: number) => Record<string, string> = () => ({})) {
      const ids: number[] = [];
      for (let i = 0; i < n; i += 1) {
        const email = `p${i}@w${made}.example`;
        const person = { workspaceId, email, externalId: `p${i}`, fields: fields(i) };
        ids.push(await rows.contact(person));
      }
      return ids;
    },
    async list(contactIds: number[]): Promise<string> {
      made += 1;
      const { rows: found } = await pool.query<{ id: number }>(
        `insert into segments (workspace_id, key, name, name_key, kind, source, created_at, updated_at)
         values ($1, $2, $2, $2, 'list', 'manual', now(), now()) returning id`,
        [workspaceId, `l${made}`],
      );
      await pool.query(
        `insert into memberships (contact_id, segment_id, workspace_id, member, entered_at, slot)
         select contact_id, $1, $2, true, now(), 1 from unnest($3::bigint[]) as contact_id`,
        [found[0]!.id, workspaceId, contactIds],
      );
      return String(found[0]!.id);
    },
    async message(content: object): Promise<string> {
      const { status, body } = await post('/messages', { name: 'Mail', channel: 'email', content });
      expect(status, JSON.stringify(body)).toBe(201);
      return body.id;
    },
  };
}

function work() {
  const { signal: stopping } = new AbortController();
  return { pool, kinds, clock: clock.now, stopping };
}

async function finish({ get }: Awaited<ReturnType<typeof world>>, id: string) {
  await doWork(work(), { id: Number(id) });
  return get(`/rendering_checks/${id}`);
}

const html = '<p>x</p>';

test('a message that renders for everybody fails for nobody', async () => {
  const w = await world();
  await w.people(3);
  await rows.contact({ workspaceId: w.workspaceId, externalId: 'no-address' });
  const id = await w.message({ en: { subject: 'Hi', html } });
  const begun = await w.post(`/messages/${id}/rendering_checks`);
  expect(begun).toMatchObject({ status: 201, body: { state: 'queued', groups: [], file: null } });
  expect(await finish(w, begun.body.id)).toMatchObject({
    state: 'done',
    total: 4,
    done: 4,
    failed: 0,
    rendered: 3,
    skipped: 1,
    groups: [],
    messages: [{ id, version: 1 }],
  });
});

test('contacts that fail are grouped by reason, with examples, pages and a file', async () => {
  const w = await world();
  const ids = await w.people(9, (i) => {
    if (i === 0) return {};
    return { first_name: `N${i}`, city: i < 4 ? '' : 'https://shop.example/' };
  });
  const id = await w.message({
    en: {
      subject: '{{ contact.first_name }}',
      html: '<p>\n<a href="{{ contact.city }}">Shop</a></p>',
    },
  });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  const done = await finish(w, body.id);
  expect(done).toMatchObject({ done: 5, failed: 4, rendered: 9 });
  expect(done.groups).toMatchObject([
    { path: '/html', message: 'A link has no address.', n: 3, language: 'en', place: 1 },
    { path: '/subject', message: 'The subject is empty.', n: 1, examples: [String(ids[0])] },
  ]);
  const group = `/rendering_checks/${body.id}/contacts?group=${done.groups[0].place}&limit=2`;
  const first = await w.get(group);
  const rest = await w.get(`${group}&cursor=${first.next_cursor}`);
  expect([...first.items, ...rest.items].map(({ contact }) => Number(contact))).toEqual(
    ids.slice(1, 4),
  );
  const file = await w.get(`/rendering_checks/${body.id}/file`);
  expect(done.file).toMatchObject({ rows: 4 });
  expect(String(file).split('\r\n').slice(0, 2)).toEqual([
    '\u{feff}contact,external_id,language,path,line,error',
    `${ids[0]},p0,en,/subject,,The subject is empty.`,
  ]);
});

test('each gets its language, and a fault of one language is its own', async () => {
  const w = await world();
  await w.people(4, (i) => ({ language: i < 3 ? 'uk-UA' : 'fr' }));
  const id = await w.message({
    en: { subject: 'Hi', html },
    uk: { subject: '{{ contact.first_name }}', html },
  });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  const { groups } = await finish(w, body.id);
  expect(groups).toMatchObject([{ language: 'uk', n: 3 }]);
});

test('errors of templates carry their line, for those whose data causes them', async () => {
  const w = await world();
  const ids = await w.people(3, (i) => ({ city: i === 1 ? 'far' : '' }));
  const endless = `a\n{% if contact.city == 'far' %}{% for i in (1..99999999) %}x{% endfor %}{% endif %}`;
  const id = await w.message({ en: { subject: 'Hi', html: endless } });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  const done = await finish(w, body.id);
  expect(done).toMatchObject({ state: 'done', failed: 1, rendered: 3 });
  expect(done.groups).toMatchObject([{ path: '/html', line: 2, n: 1, examples: [String(ids[1])] }]);
});

test('a draft is rendered instead of what is saved, and a draft that cannot be is refused', async () => {
  const w = await world();
  await w.people(1);
  const id = await w.message({ en: { subject: 'Hi', html } });
  const draft = { content: { en: { subject: '{{ contact.first_name }}', html } } };
  const { body } = await w.post(`/messages/${id}/rendering_checks`, draft);
  expect(await finish(w, body.id)).toMatchObject({ failed: 1, messages: [{ id, version: null }] });
  const broken = { content: { en: { subject: '{% if %}', html } } };
  const refused = await w.post(`/messages/${id}/rendering_checks`, broken);
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ path: '/content/en/subject' }] },
  });
});

test('the way out of a campaign may be in a shared block', async () => {
  const w = await world();
  const include = [await w.list(await w.people(1))];
  const made = (parts: object) => w.post('/content_blocks', { name: 'B', ...parts });
  await made({ key: 'foot', content: { en: { html: '<a href="{{ unsubscribe_url }}">No</a>' } } });
  await made({ key: 'bare', content: { en: { html: '<b>x</b>' } } });
  const errorsWith = async (key: string) => {
    const message = await w.message({ en: { subject: 'Hi', html: `{% include '${key}' %}` } });
    const campaign = await w.post('/campaigns', { name: key, include, message });
    return (await w.get(`/campaigns/${campaign.body.id}/preview`)).errors;
  };
  expect(await errorsWith('foot')).toEqual([]);
  expect(await errorsWith('bare')).toMatchObject([{ path: '/message' }]);
});

describe('an audience', () => {
  test('is members of segments without those of others, at one moment', async () => {
    const w = await world();
    const ids = await w.people(5);
    const include = [await w.list(ids.slice(0, 4))];
    const exclude = [await w.list(ids.slice(2, 3))];
    const id = await w.message({ en: { subject: '{{ contact.first_name }}', html } });
    const audience = { kind: 'segments', include, exclude };
    const { body } = await w.post(`/messages/${id}/rendering_checks`, { audience });
    expect(body.audience).toEqual(audience);
    await doSlice(work(), { id: Number(body.id) });
    await pool.query(`delete from memberships where segment_id = $1`, [include[0]]);
    expect(await finish(w, body.id)).toMatchObject({ total: 3, failed: 3 });
  });

  test('is that of a campaign, and each gets its variant', async () => {
    const w = await world();
    const ids = await w.people(40);
    const include = [await w.list(ids)];
    const good = await w.message({ en: { subject: 'Hi', html } });
    const bad = await w.message({ en: { subject: '{{ contact.first_name }}', html } });
    const split = { others: [bad], shares: [50, 50], test: null };
    const campaign = await w.post('/campaigns', { name: 'C', include, message: good, split });
    expect(campaign.status, JSON.stringify(campaign.body)).toBe(201);
    const { body } = await w.post(`/campaigns/${campaign.body.id}/rendering_checks`);
    const done = await finish(w, body.id);
    expect(done).toMatchObject({ total: 40, rendered: 40, campaign: campaign.body.id });
    expect(done.groups).toMatchObject([{ message_id: bad }]);
    expect(done.failed).toBeGreaterThan(5);
    expect(done.failed).toBeLessThan(35);
    const listed = await w.get(`/rendering_checks?campaign=${campaign.body.id}`);
    expect(listed.items.map((each: { id: string }) => each.id)).toEqual([body.id]);
    expect((await w.get(`/rendering_checks?message=${bad}`)).items).toHaveLength(1);
    expect((await w.get(`/rendering_checks?campaign=999999`)).items).toEqual([]);
  });

  test('of nobody is an empty result', async () => {
    const w = await world();
    const id = await w.message({ en: { subject: 'Hi', html } });
    const { body } = await w.post(`/messages/${id}/rendering_checks`);
    expect(await finish(w, body.id)).toMatchObject({ state: 'done', total: 0, rendered: 0 });
  });

  test('must be there', async () => {
    const w = await world();
    const other = await world();
    const foreign = await other.list(await other.people(1));
    const id = await w.message({ en: { subject: 'Hi', html } });
    const audience = { kind: 'segments', include: [foreign] };
    const { status, body } = await w.post(`/messages/${id}/rendering_checks`, { audience });
    expect({ status, errors: body.errors }).toMatchObject({
      status: 422,
      errors: [{ path: '/audience/include/0' }],
    });
    const empty = await w.post('/campaigns', { name: 'C', include: [], message: id });
    const refused = await w.post(`/campaigns/${empty.body.id}/rendering_checks`);
    expect(refused.status).toBe(422);
  });
});

test('is cancelled between two slices, and says what it had found', async () => {
  const w = await world();
  await w.people(1);
  const id = await w.message({ en: { subject: 'Hi', html } });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  await doSlice(work(), { id: Number(body.id) });
  expect((await w.post(`/jobs/${body.id}/cancel`)).status).toBe(200);
  expect(await finish(w, body.id)).toMatchObject({ state: 'cancelled', total: 1, rendered: 0 });
});

test('a killed slice leaves nothing behind and is done again', async () => {
  const w = await world();
  await w.people(2);
  const id = await w.message({ en: { subject: '{{ contact.first_name }}', html } });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  await doSlice(work(), { id: Number(body.id) });
  const broken: RenderPool = {
    ...renderPool,
    render: () => Promise.reject(new Error('The thread was killed.')),
  };
  const once = {
    ...work(),
    kinds: workKinds([renderingCheckWork({ renderPool: broken, questions })]),
  };
  await expect(doSlice(once, { id: Number(body.id) })).rejects.toThrow('killed');
  expect(await finish(w, body.id)).toMatchObject({ state: 'done', rendered: 2, failed: 2 });
});

test('a template that is slow for everybody is done in short slices, each contact once', async () => {
  const w = await world();
  const ids = await w.people(25);
  const id = await w.message({ en: { subject: '{{ contact.first_name }}', html } });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  const real = performance.now.bind(performance);
  let slow = 0;
  const now = vi.spyOn(performance, 'now').mockImplementation(() => real() + slow);
  onTestFinished(() => now.mockRestore());
  const tired: RenderPool = {
    ...renderPool,
    render(batch) {
      slow += 60_000;
      return renderPool.render(batch);
    },
  };
  const slowly = {
    ...work(),
    kinds: workKinds([renderingCheckWork({ renderPool: tired, questions })]),
  };
  const failed: number[] = [];
  for (let slices = 0; slices < 5; slices += 1) {
    await doSlice(slowly, { id: Number(body.id) });
    failed.push((await w.get(`/rendering_checks/${body.id}`)).failed);
  }
  expect(failed).toEqual([0, 10, 20, 25, 25]);
  const { items } = await w.get(`/rendering_checks/${body.id}/contacts?limit=100`);
  expect(items.map((each: { contact: string }) => Number(each.contact))).toEqual(ids);
});

test('more than two at once in a workspace are refused', async () => {
  const w = await world();
  const id = await w.message({ en: { subject: 'Hi', html } });
  const begin = () => w.post(`/messages/${id}/rendering_checks`);
  expect([(await begin()).status, (await begin()).status]).toEqual([201, 201]);
  expect(await begin()).toMatchObject({ status: 409 });
});

test('what is of another workspace is not there', async () => {
  const w = await world();
  const id = await w.message({ en: { subject: 'Hi', html } });
  const { body } = await w.post(`/messages/${id}/rendering_checks`);
  const as = await addKey({ workspaceId: workspace.id });
  for (const url of ['', '/contacts', '/file']) {
    expect((await call('GET', `/rendering_checks/${body.id}${url}`, { as })).status).toBe(404);
  }
  expect((await call('POST', `/messages/${id}/rendering_checks`, { as, body: {} })).status).toBe(
    404,
  );
  expect((await call('GET', `/rendering_checks`, { as })).body.items).toEqual([]);
});
