import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { categoryRoutes } from '../categories/index.ts';
import { testApp } from '../http/test-app.ts';
import { createEgress } from '../egress/index.ts';
import { startTestSite } from './fetching/test-site.ts';
import { createRenderPool, FETCH_LIMITS, messageRoutes } from './index.ts';

const http = createEgress({ allow: ['127.0.0.1'], answerBytes: FETCH_LIMITS.bytes });
const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
  fetching: { http, clock: () => new Date() },
});
afterAll(async () => {
  await renderPool.close();
  await http.close();
});

const { call, pool, workspace, addWorkspace, addKey } = await testApp({
  routes: [
    ...messageRoutes({ renderPool }),
    ...categoryRoutes({ findCategoryUses: async () => [] }),
  ],
});

const email = { subject: 'Hi {{ contact.first_name }}', html: '<p>{{ event.plan }}</p>' };

function create(parts: object = {}) {
  return call('POST', '/messages', {
    body: { name: 'Welcome', channel: 'email', content: { en: email }, ...parts },
  });
}

async function addContact(fields: object): Promise<string> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into contacts (id, workspace_id, external_id, email, fields, source, created_at, updated_at)
     values (nextval('contact_ids'), $1, 'u' || currval('contact_ids'), 'ann@home.example', $2, 'api', now(), now())
     returning id`,
    [workspace.id, JSON.stringify(fields)],
  );
  return String(rows[0]!.id);
}

test('a message is made with a key from its name, its tags, and version 1', async () => {
  const made = await create({ name: 'Hallo, Zoë & Co!', tags: ['Onboarding'] });
  expect(made).toMatchObject({
    status: 201,
    body: {
      key: 'hallo-zoe-co',
      version: 1,
      default_language: 'en',
      tags: ['Onboarding'],
      content: { en: email },
      archived_at: null,
    },
  });
  const again = await create({ name: 'Hallo, Zoë & Co!' });
  expect(again.body.key).toBe('hallo-zoe-co-2');
  expect((await create({ key: 'hallo-zoe-co' })).status).toBe(409);
  expect((await call('GET', `/messages/${made.body.id}`)).body).toEqual(made.body);
});

test('changed content is a new version; equal content is none', async () => {
  const { body } = await create();
  const url = `/messages/${body.id}`;
  const same = await call('PATCH', url, { body: { content: { en: email }, name: 'Renamed' } });
  expect(same.body).toMatchObject({ version: 1, name: 'Renamed' });
  const other = { ...email, subject: 'Hello' };
  const changed = await call('PATCH', url, { body: { content: { en: other } } });
  expect(changed.body).toMatchObject({ version: 2, content: { en: other } });
  const { body: versions } = await call('GET', `${url}/versions`);
  expect(versions.items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  const audit = await pool.query(`select action from audit where object_id = $1 order by id`, [
    body.id,
  ]);
  expect(audit.rows).toEqual([
    { action: 'message.create' },
    { action: 'message.change' },
    { action: 'message.change' },
  ]);
});

test('a change made from an older version is refused, so that the newer one is not lost', async () => {
  const { body: made } = await create();
  const change = (subject: string, base_version?: number) =>
    call('PATCH', `/messages/${made.id}`, {
      body: { content: { en: { ...email, subject } }, ...(base_version && { base_version }) },
    });
  expect(await change('By Ann', 1)).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await change('By Bob', 1)).toMatchObject({
    status: 409,
    body: { code: 'outdated', detail: expect.stringMatching(/Version 2 .* version 1/) },
  });
  const now = await call('GET', `/messages/${made.id}`);
  expect(now.body.content.en.subject).toBe('By Ann');
  expect(await change('By Bob', 2)).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await change('By a script')).toMatchObject({ status: 200, body: { version: 4 } });
});

test('an archived message leaves the list and comes back', async () => {
  const { body } = await create({ name: 'Gone' });
  await call('DELETE', `/messages/${body.id}`);
  const listed = async () => (await call('GET', '/messages?search=gone')).body.items;
  expect(await listed()).toEqual([]);
  await call('PATCH', `/messages/${body.id}`, { body: { archived: false } });
  expect(await listed()).toMatchObject([{ name: 'Gone' }]);
});

describe('content that cannot be sent is refused with its place', () => {
  test.each([
    [{ channel: 'pigeon' }, '/channel', /pigeon/],
    [{ content: { en: { html: 'x' } } }, '/content/en/subject', /./],
    [{ content: { en: { subject: 'x' } } }, '/content/en', /mjml or html/],
    [{ content: { en: { ...email, mjml: '<mjml></mjml>' } } }, '/content/en', /mjml or html/],
    [{ content: { en: { ...email, colour: 'red' } } }, '/content/en/colour', /Unknown/],
    [{ content: { en: { ...email, subject: '{% if x %}' } } }, '/content/en/subject', /^Line 1: /],
    [{ content: { en: { ...email, html: 'a\n{{ b | c }}' } } }, '/content/en/html', /^Line 2: .*c/],
    [{ content: {} }, '/default_language', /en/],
    [{ default_language: 'de' }, '/default_language', /de/],
    [
      {
        channel: 'mobile_push',
        content: { en: { title: 'a', body: 'b', buttons: [{ text: '' }] } },
      },
      '/content/en/buttons/0/text',
      /empty/,
    ],
  ])('%j', async (parts, path, message) => {
    const { status, body } = await create(parts);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(
      expect.objectContaining({ path, message: expect.stringMatching(message) }),
    );
  });
});

describe('a preview', () => {
  test('shows what a contact would get, in their language', async () => {
    const content = { en: email, pt: { ...email, subject: 'Oi {{ contact.first_name }}' } };
    const { body } = await create({ content });
    const contact = await addContact({ first_name: 'Ann', language: 'pt-BR' });
    const preview = await call('POST', `/messages/${body.id}/preview`, {
      body: { contact, event: { plan: 'pro' } },
    });
    expect(preview.body).toEqual({
      language: 'pt',
      content: { subject: 'Oi Ann', html: '<p>pro</p>', text: 'pro' },
      made_text: '{{ event.plan }}',
      problems: [],
    });
  });

  test('of a draft renders the draft, and tells what is wrong with it', async () => {
    const { body } = await create();
    const preview = (content: object) =>
      call('POST', `/messages/${body.id}/preview`, { body: { content, language: 'en' } });
    expect((await preview({ ...email, subject: 'Draft' })).body.content.subject).toBe('Draft');
    const broken = await preview({ ...email, html: 'x\n{% foo %}' });
    expect(broken).toMatchObject({
      status: 200,
      body: {
        content: null,
        problems: [{ path: '/html', line: 2, excerpt: '{% foo %}' }],
      },
    });
  });

  test('has the plain text that is made of the HTML, before anything is filled in', async () => {
    const { body: made } = await create();
    const preview = (content: object) =>
      call('POST', `/messages/${made.id}/preview`, { body: { language: 'en', content } });
    expect((await preview(email)).body).toMatchObject({ made_text: '{{ event.plan }}' });
    expect((await preview({ ...email, text: 'By hand' })).body).toMatchObject({ made_text: null });
  });

  test('of a template with an endless loop ends, with the line', async () => {
    const html = 'a\n{% for i in (1..3000) %}{% for j in (1..3000) %}x{% endfor %}{% endfor %}';
    const { body } = await create({ content: { en: { ...email, html } } });
    const preview = await call('POST', `/messages/${body.id}/preview`, { body: {} });
    expect(preview.body).toMatchObject({ content: null, problems: [{ path: '/html', line: 2 }] });
  });

  test('for a contact takes the right to read personal data', async () => {
    const { body } = await create();
    const contact = await addContact({ first_name: 'Ann' });
    const key = await addKey({ rights: ['contacts.read', 'messages.write'] });
    const preview = (content: object) =>
      call('POST', `/messages/${body.id}/preview`, { body: content, as: key });
    expect((await preview({ contact })).status).toBe(403);
    expect((await preview({})).status).toBe(200);
  });

  test('knows no contact of another workspace', async () => {
    const { body } = await create();
    const { rows } = await pool.query<{ id: number }>(
      `insert into contacts (id, workspace_id, source, created_at, updated_at)
       values (nextval('contact_ids'), $1, 'api', now(), now()) returning id`,
      [(await addWorkspace('other')).id],
    );
    const contact = String(rows[0]!.id);
    const preview = await call('POST', `/messages/${body.id}/preview`, { body: { contact } });
    expect(preview.status).toBe(404);
  });
});

test('what templates are written of is told to members, and holds nothing of a workspace', async () => {
  const { status, body } = await call('GET', '/template_words');
  expect(status).toBe(200);
  expect(body.filters).toContain('money');
  expect(body.tags).toEqual(expect.arrayContaining(['if', 'endif', 'include', 'fetch']));
  const names = body.elements.map((element: { name: string }) => element.name);
  expect(names).toEqual(expect.arrayContaining(['mjml', 'mj-section', 'mj-all']));
  const as = await addKey({ workspaceId: (await addWorkspace('words')).id });
  expect((await call('GET', '/template_words', { as })).body).toEqual(body);
  expect((await call('GET', '/template_words', { as: {} })).status).toBe(401);
});

describe('categories of a message', () => {
  test('are those of the workspace, told in its order, and audited', async () => {
    for (const key of ['tips', 'news'])
      await call('POST', '/categories', { body: { key, name: key } });
    const { body } = await create({ categories: ['news', 'tips', 'news'] });
    expect(body.categories).toEqual(['tips', 'news']);
    const url = `/messages/${body.id}`;
    const renamed = await call('PATCH', url, { body: { name: 'Renamed' } });
    expect(renamed.body).toMatchObject({ version: 1, categories: ['tips', 'news'] });
    const changed = await call('PATCH', url, { body: { categories: ['news'] } });
    expect(changed.body).toMatchObject({ version: 1, categories: ['news'] });
    const { rows } = await pool.query(
      `select before, after from audit where action = 'message.change' and object_id = $1
        order by id desc limit 1`,
      [body.id],
    );
    expect(rows).toEqual([
      { before: { categories: ['tips', 'news'] }, after: { categories: ['news'] } },
    ]);
  });

  test('that are not there are refused, by their place', async () => {
    const before = (await call('GET', '/messages')).body.items.length;
    const answer = await create({ categories: ['nonsense'] });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: '/categories' }] } });
    expect((await call('GET', '/messages')).body.items.length).toBe(before);
  });
});

describe('how a message leaves', () => {
  const usual = { priority: 'normal', send_hours: 'workspace', ttl: null, addresses: null };

  test('is as usual, and what is changed of it leaves the rest', async () => {
    const { body } = await create({ sending: { priority: 'high' } });
    expect(body.sending).toEqual({ ...usual, priority: 'high' });
    const hours = { from: '22:00', to: '06:00', days: [5, 6], zone: 'Europe/Kyiv' };
    const path = `/messages/${body.id}`;
    const changed = await call('PATCH', path, { body: { sending: { send_hours: hours } } });
    expect(changed.body).toMatchObject({
      version: 1,
      sending: { ...usual, priority: 'high', send_hours: hours },
    });
    const back = { priority: 'normal', send_hours: 'workspace', ttl: null };
    expect((await call('PATCH', path, { body: { sending: back } })).body.sending).toEqual(usual);
    const { rows } = await pool.query(
      `select count(*)::int as n from audit where action = 'message.change' and object_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  test.each([
    [{ priority: 'urgent' }, '/sending/priority'],
    [{ ttl: { n: 0, unit: 'hour' } }, '/sending/ttl/n'],
    [{ ttl: { n: 31, unit: 'day' } }, '/sending/ttl/n'],
    [{ send_hours: { from: '09:00', to: '25:00' } }, '/sending/send_hours/to'],
    [{ send_hours: { from: '09:00', to: '21:00', zone: '+02:00' } }, '/sending/send_hours/zone'],
    [{ send_hours: { from: '09:00', to: '21:00', days: [] } }, '/sending/send_hours/days'],
    [{ addresses: 'newest' }, '/sending/addresses'],
  ])('is refused as %j, with the place', async (sending, path) => {
    const answer = await create({ sending });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].path).toBe(path);
  });
});

describe('what a message does where it cannot be filled in', () => {
  const url = async (parts: object = {}) => `/messages/${(await create(parts)).body.id}`;

  test('is part of its version', async () => {
    const { body } = await create();
    expect(body.personalisation).toEqual({
      on_missing: 'empty',
      fallbacks: {},
      on_fetch_failure: 'retry',
    });
    const path = `/messages/${body.id}`;
    const strict = { personalisation: { on_missing: 'dont_send' } };
    const changed = await call('PATCH', path, { body: strict });
    expect(changed.body).toMatchObject({
      version: 2,
      personalisation: { on_missing: 'dont_send', on_fetch_failure: 'retry' },
    });
    expect((await call('PATCH', path, { body: strict })).body.version).toBe(2);
  });

  test('is refused where it makes no sense, each fault at its place', async () => {
    const path = await url();
    const fallbacks = { 'contact.first_name': { uk: 'друже' } };
    expect(await call('PATCH', path, { body: { personalisation: { fallbacks } } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: '/personalisation/fallbacks/contact.first_name' }] },
    });
    for (const personalisation of [
      { fallbacks: { 'contact first': { en: 'x' } } },
      { fallbacks: { 'a.b': { en: '' } } },
      { on_missing: 'explode' },
      { fallback: {} },
    ]) {
      const answer = await call('PATCH', path, { body: { personalisation } });
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0].path).toMatch(/^\/personalisation/);
    }
  });

  test('a preview says what would not be sent, and why; a draft of it, too', async () => {
    const path = `${await url()}/preview`;
    const draft = { content: { ...email, html: '<p>{{ contact.custom.goal }}</p>' } };
    const strict = { on_missing: 'dont_send', fallbacks: { 'contact.first_name': { en: 'you' } } };
    const preview = await call('POST', path, { body: { ...draft, personalisation: strict } });
    expect(preview.body).toMatchObject({
      content: null,
      problems: [
        {
          kind: 'missing',
          path: '/html',
          line: 1,
          message: 'The variable contact.custom.goal is missing.',
        },
      ],
    });
    expect((await call('POST', path, { body: draft })).body).toMatchObject({
      content: { subject: 'Hi ', html: expect.stringContaining('<p></p>') },
      problems: [],
    });
  });

  test('money is in the currency of the workspace', async () => {
    const path = `${await url()}/preview`;
    const body = { content: { ...email, html: '<p>{{ 5 | money }}</p>' } };
    const { content } = (await call('POST', path, { body })).body;
    expect(content.html).toContain('<p>$5.00</p>');
  });
});

describe('{% fetch %}', () => {
  async function preview(html: string, parts: object = {}) {
    const { body } = await create();
    return call('POST', `/messages/${body.id}/preview`, {
      body: { content: { ...email, html, text: 'x' }, event: { id: 'a/b' }, ...parts },
    });
  }

  test('brings what a server answers into the message, one after the other', async () => {
    const site = await startTestSite((request, response) =>
      response.end(request.url === '/first' ? '{"next":"x y"}' : '{"title":"Tent"}'),
    );
    const { body } = await preview(
      `{% fetch "${site.url}/first" as first %}` +
        `{% fetch "${site.url}/then/{{ first.next }}?id={{ event.id }}&amp;n=1" as then, timeout: 2 %}` +
        '<p>{{ then.title }}</p>',
    );
    expect(body.problems).toEqual([]);
    expect(body.content.html).toContain('<p>Tent</p>');
    expect(site.asked).toEqual(['/first', '/then/x%20y?id=a%2Fb&n=1']);
  });

  test('is told apart from mistakes when the server fails', async () => {
    const site = await startTestSite((_, response) => response.writeHead(500).end());
    const html = `{% fetch "${site.url}" as it %}<p>{{ it.x | default: "none" }}</p>`;
    const failed = await preview(html, { personalisation: { on_fetch_failure: 'dont_send' } });
    expect(failed.body.problems).toMatchObject([
      {
        kind: 'fetch',
        line: 1,
        message: expect.stringMatching(/could not be fetched.*answered 500/),
      },
    ]);
    const without = await preview(html, { personalisation: { on_fetch_failure: 'empty' } });
    expect(without.body.content.html).toContain('<p>none</p>');
  });

  test('of a draft asks nobody for whoever may not write messages', async () => {
    const site = await startTestSite((_, response) => response.end('{}'));
    const as = await addKey({ rights: ['contacts.read'] });
    const { body: message } = await create();
    const content = { ...email, html: `{% fetch "${site.url}" as it %}` };
    const { body } = await call('POST', `/messages/${message.id}/preview`, {
      as,
      body: { content },
    });
    expect(body).toMatchObject({ content: null, problems: [{ kind: 'fetch' }] });
    expect(site.asked).toEqual([]);
  });

  test('asks at most three addresses for one message, also in a loop', async () => {
    const site = await startTestSite((_, response) => response.end('{}'));
    const { body } = await preview(
      `{% for i in (1..9) %}{% fetch "${site.url}/{{ i }}" as it %}{% endfor %}`,
    );
    expect(body.problems).toMatchObject([
      { message: expect.stringMatching(/at most 3 addresses/) },
    ]);
    expect(site.asked).toHaveLength(3);
  });

  test('never leads a request to a host that a value names', async () => {
    const site = await startTestSite((_, response) => response.end('{}'));
    const { body } = await preview(`{% fetch "${site.url}/{{ event.id }}" as it %}`, {
      event: { id: '@evil.example/../..' },
    });
    expect(body.problems).toEqual([]);
    expect(site.asked).toEqual(['/%40evil.example%2F..%2F..']);
  });

  test.each([
    ['{% fetch "http://169.254.169.254/latest" as it %}', /not a public address/],
    ['{% fetch "https://{{ event.id }}/x" as it %}', /a host, both written out/],
    ['{% fetch "https://x{{ event.id }}.example/x" as it %}', /a host, both written out/],
    ['{% fetch "file:///etc/passwd" as it %}', /a host, both written out/],
    ['{% fetch "https://u:p@shop.example" as it %}', /password/],
    ['{% fetch https://shop.example as it %}', /Write {% fetch/],
    ['{% fetch "https://shop.example" %}', /Write {% fetch/],
    [
      '{% fetch "https://shop.example" as it, cache: 1 %}',
      /Option cache takes a number of seconds from 60/,
    ],
    ['{% fetch "https://shop.example" as it, timeout: event.id %}', /from 1 to 5/],
    ['{% fetch "https://shop.example" as it, format: "xml" %}', /"json" or "text"/],
    ['{% fetch "https://shop.example" as it, method: "POST" %}', /no option "method"/],
    ['{% fetch "https://shop.example/{{ event.id | nope }}" as it %}', /Undefined filter/],
  ])('%s is refused', async (html, message) => {
    const { body } = await preview(html);
    expect(body.content).toBeNull();
    expect(body.problems[0].message).toMatch(message);
  });
});
