import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { writeAudit } from '../../audit/index.ts';
import { testApp } from '../../http/test-app.ts';
import { doWork, jobRoutes, workKinds } from '../../jobs/index.ts';
import {
  blockRoutes,
  createRenderPool,
  loadVersion,
  messageRoutes,
  renewWork,
  type RenderPool,
} from '../index.ts';
import { findIncludes } from './find-includes.ts';
import { longestChain } from './longest-chain.ts';

const realPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
});
afterAll(() => realPool.close());

/** Something that happens once, between a compilation and the transaction that keeps it. */
let meanwhile: (() => Promise<unknown>) | undefined;
const renderPool: RenderPool = {
  ...realPool,
  async compile(content) {
    const compilation = await realPool.compile(content);
    const act = meanwhile;
    meanwhile = undefined;
    await act?.();
    return compilation;
  },
};

const kinds = workKinds([renewWork({ renderPool })]);
const { call, pool, clock, addWorkspace, addKey } = await testApp({
  routes: [
    ...messageRoutes({ renderPool }),
    ...blockRoutes({ renderPool }),
    ...jobRoutes({ kinds, writeAudit }),
  ],
});

interface Part {
  mjml?: string;
  html?: string;
  text?: string;
}

async function block(key: string, part: Part, more: object = {}) {
  const body = { key, name: key, content: { en: part }, ...more };
  return call('POST', '/content_blocks', { body });
}

async function made(key: string, part: Part, more: object = {}): Promise<string> {
  const { status, body } = await block(key, part, more);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function message(content: object, more: object = {}) {
  const body = { name: 'Mail', channel: 'email', content: { en: content }, ...more };
  return call('POST', '/messages', { body });
}

async function preview(id: string, language?: string) {
  return (await call('POST', `/messages/${id}/preview`, { body: { language } })).body;
}

async function finish(job: string) {
  const { signal: stopping } = new AbortController();
  await doWork({ pool, kinds, clock: clock.now, stopping }, { id: Number(job) });
  return (await call('GET', `/jobs/${job}`)).body;
}

describe('a message has a block where it names it', () => {
  test('in HTML, in the text and in the subject, each by the part that fits', async () => {
    await made('sign', { html: '<b>Ann & Co</b>', text: 'Ann & Co' });
    const { body } = await message({
      subject: "From {% include 'sign' %}",
      html: `<p>{{ contact.first_name }}</p>{%- include "sign" -%}`,
      text: "-- {% include 'sign' %}",
    });
    expect((await preview(body.id)).content).toEqual({
      subject: 'From Ann & Co',
      html: '<p></p><b>Ann & Co</b>',
      text: '-- Ann & Co',
    });
  });

  test('in MJML before it is compiled, with the Liquid of the block', async () => {
    await made('mj-footer', {
      mjml: `<mj-section><mj-column><mj-text>Bye {{ contact.first_name | default: "friend" }}</mj-text></mj-column></mj-section>`,
    });
    const { body } = await message({
      subject: 'x',
      mjml: `<mjml><mj-body>{% include 'mj-footer' %}</mj-body></mjml>`,
    });
    const { content } = await preview(body.id);
    expect(content.html).toContain('Bye friend');
    expect(content.html).not.toContain('<mj-');
    expect(content.text).toContain('Bye friend');
  });

  test('in the language of the message, else in that of the block', async () => {
    await made(
      'hello',
      { text: 'Hello' },
      { content: { en: { text: 'Hello' }, uk: { text: 'Привіт' } } },
    );
    const text = { text: "{% include 'hello' %}" };
    const { body } = await call('POST', '/messages', {
      body: { name: 'S', channel: 'sms', content: { en: text, 'uk-UA': text, de: text } },
    });
    const texts = await Promise.all(
      ['en', 'uk-UA', 'de'].map(
        async (language) => (await preview(body.id, language)).content.text,
      ),
    );
    expect(texts).toEqual(['Hello', 'Привіт', 'Hello']);
  });

  test('with blocks in it', async () => {
    await made('inner', { html: '<i>in</i>' });
    await made('outer', { html: `<b>{% include 'inner' %}</b>` });
    const { body } = await message({ subject: 'x', html: `{% include 'outer' %}` });
    expect((await preview(body.id)).content.html).toBe('<b><i>in</i></b>');
    const { rows } = await pool.query(`select blocks from message_versions where message_id = $1`, [
      body.id,
    ]);
    expect(rows).toEqual([{ blocks: { inner: 1, outer: 1 } }]);
  });

  test('with what it gives to the block, each place as its own', async () => {
    await made('button', {
      mjml: '<mj-button href="{{ url }}?n={{ n }}">{{ label | default: "Go" }}</mj-button>',
      html: '<a href="{{ url }}?n={{ n }}">{{ label | default: "Go" }}</a>',
      text: '{{ label | default: "Go" }}: {{ url }}',
    });
    const { body } = await message({
      subject: "{% include 'button', label: 'It''s on', url: 'x' %}",
      html:
        `{% include 'button', label: "Buy & save", url: event.url, n: 2 %}` +
        `{% include "button" url: 'https://shop.example/' %}`,
      text: `{% include 'button', label: "It's on", url: event.url %}`,
    });
    expect(body.errors).toMatchObject([
      { path: '/content/en/subject', message: expect.stringContaining('texts in quotes') },
    ]);
    const { body: right } = await message({
      subject: 'x',
      mjml: `<mjml><mj-body><mj-section><mj-column>{% include 'button', label: "Buy & save", url: event.url %}</mj-column></mj-section></mj-body></mjml>`,
      text: `{% include 'button', label: "It's on", url: event.url %}`,
    });
    const event = { url: 'https://shop.example/a' };
    const shown = await call('POST', `/messages/${right.id}/preview`, { body: { event } });
    expect(shown.body.problems).toEqual([]);
    expect(shown.body.content.html).toContain('href="https://shop.example/a?n="');
    expect(shown.body.content.html).toContain('Buy &amp; save');
    expect(shown.body.content.text).toBe("It's on: https://shop.example/a");
  });

  test('with what is missing known by the name that the message has for it', async () => {
    await made('greeting', { text: 'Dear {{ whom }}' });
    await made('letter', { text: "{% include 'greeting' %}, {{ closing }}" });
    const { body } = await message(
      {
        subject: 'x',
        html: '-',
        text: "{% include 'letter', whom: contact.first_name, closing: 'bye' %}",
      },
      { personalisation: { fallbacks: { 'contact.first_name': { en: 'friend' } } } },
    );
    expect((await preview(body.id)).content.text).toBe('Dear friend, bye');
  });

  test('and says which parameters it has', async () => {
    const { body } = await block('asks', {
      html: '{% for item in items %}{{ item.title }}{% endfor %}{{ contact.first_name }}',
      text: '{{ headline }}',
    });
    expect(body.parameters).toEqual(['headline', 'items']);
  });

  test.each([
    ['label: contact.first_name | upcase', /What cannot be read: \| upcase/],
    ['label', /What cannot be read: label/],
    ['label: "a", label: "b"', /"label" is given twice/],
    ['contact: event', /"contact" means something already/],
    ['own: 1', /gives "own" a value itself/],
  ])('but not with %s', async (given, problem) => {
    await block('takes-little', { html: '{{ label }}{% assign own = 2 %}' });
    const { status, body } = await message({
      subject: 'x',
      html: `<p>{% include 'takes-little', ${given} %}</p>`,
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { path: '/content/en/html', line: 1, message: expect.stringMatching(problem) },
    ]);
  });

  test('but not where Liquid is shown as it is', async () => {
    const raw = `{% raw %}{% include 'nothing' %}{% endraw %}`;
    const { body } = await message({ subject: 'x', html: raw });
    expect((await preview(body.id)).content.html).toBe(`{% include 'nothing' %}`);
  });
});

describe('what cannot be placed is refused with its line', () => {
  test.each<[string, object, string, RegExp]>([
    [
      'a block that is not there',
      { html: "a\n{% include 'gone' %}" },
      '/content/en/html',
      /^Line 2: .*"gone"/,
    ],
    [
      'a key without quotes',
      { html: 'a\n{% include footer %}' },
      '/content/en/html',
      /^Line 2: .*quotes/,
    ],
    ['a key made by Liquid', { html: '{% include {{ x }} %}' }, '/content/en/html', /quotes/],
    [
      'a place that it has no part for',
      { subject: "{% include 'only-html' %}" },
      '/content/en/subject',
      /no plain text/,
    ],
    ['MJML in HTML', { html: "{% include 'only-mjml' %}" }, '/content/en/html', /no HTML/],
  ])('%s', async (_name, draft, path, text) => {
    await block('only-html', { html: '<p>x</p>' });
    await block('only-mjml', { mjml: '<mj-text>x</mj-text>' });
    const { status, body } = await message({ subject: 'x', html: 'x', ...draft });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      expect.objectContaining({ path, message: expect.stringMatching(text) }),
    ]);
  });

  test('a fault behind a long block is told by the line that was written', async () => {
    await made('long', { html: 'one\ntwo\nthree' });
    const html = `{% include 'long' %}\nfine\n{{ x | nofilter }}`;
    const { body } = await message({ subject: 'x', html });
    expect(body.errors).toEqual([expect.objectContaining({ path: '/content/en/html', line: 3 })]);
  });
});

describe('a block is checked when it is saved', () => {
  test.each<[string, Part, RegExp]>([
    ['Liquid that is not closed', { html: '{% if a %}' }, /if/],
    ['MJML that is not', { mjml: '<mj-section><mj-nothing /></mj-section>' }, /mj-nothing/],
    ['a block that is not there', { text: "{% include 'nowhere' %}" }, /nowhere/],
    ['nothing at all', {}, /at least one/],
    ['more than it may hold', { text: 'x'.repeat(200_001) }, /./],
  ])('%s', async (_name, part, text) => {
    const { status, body } = await block('faulty', part);
    expect([400, 422]).toContain(status);
    expect(JSON.stringify(body.errors)).toMatch(text);
  });

  test('the fault is at its line', async () => {
    const { body } = await block('lines', {
      mjml: '<mj-section>\n<mj-column>\n<mj-nothing />\n</mj-column></mj-section>',
    });
    expect(body.errors).toEqual([expect.objectContaining({ path: '/content/en/mjml', line: 3 })]);
  });

  test('its own key in it is refused, and so is a circle of several', async () => {
    const a = await made('circle-a', { text: 'a' });
    await made('circle-b', { text: "{% include 'circle-a' %}" });
    for (const key of ['circle-a', 'circle-b']) {
      const content = { en: { text: `{% include '${key}' %}` } };
      const { status, body } = await call('PATCH', `/content_blocks/${a}`, { body: { content } });
      expect(status).toBe(422);
      expect(body.detail).toMatch(/is in itself: circle-a/);
    }
  });

  test('five may stand in each other, and no sixth, from whichever end it comes', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await made(`deep-${i}`, { text: i === 1 ? 'x' : `{% include 'deep-${i - 1}' %}` });
    }
    const top = await block('deep-6', { text: "{% include 'deep-5' %}" });
    expect(top.body.detail).toMatch(/nested/);
    await made('below', { text: 'y' });
    const [bottom] = (await call('GET', '/content_blocks?search=deep-1')).body.items;
    const answer = await call('PATCH', `/content_blocks/${bottom.id}`, {
      body: { content: { en: { text: "{% include 'below' %}" } } },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: expect.stringMatching(/nested 6 deep/) },
    });
  });

  test('what multiplies grows no further than a text may', async () => {
    await made('bomb-1', { text: 'x'.repeat(100_000) });
    for (let i = 2; i <= 3; i += 1) {
      await made(`bomb-${i}`, { text: `{% include 'bomb-${i - 1}' %}`.repeat(i === 2 ? 10 : 1) });
    }
    const { status, body } = await block('bomb-4', { text: `{% include 'bomb-3' %}`.repeat(10) });
    expect({ status, detail: body.detail }).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/too long/),
    });
  });
});

describe('a changed block', () => {
  test('comes into the messages that have it, and what was sent stays as it was', async () => {
    await made('deep-footer', { html: 'Old' });
    const [inner] = (await call('GET', '/content_blocks?search=deep-footer')).body.items;
    const wrap = await made('wrap', { html: `<div>{% include 'deep-footer' %}</div>` });
    const direct = (await message({ subject: 'x', html: `{% include 'deep-footer' %}` })).body.id;
    const through = (await message({ subject: 'x', html: `{% include 'wrap' %}` })).body.id;
    const without = (await message({ subject: 'x', html: 'Old' })).body.id;
    const { body } = await call('PATCH', `/content_blocks/${inner.id}`, {
      body: { content: { en: { html: 'New' } } },
    });
    expect(body).toMatchObject({ version: 2, messages: 2 });
    expect(await finish(body.renewing)).toMatchObject({
      state: 'done',
      total: 2,
      done: 2,
      failed: 0,
    });
    expect((await preview(direct)).content.html).toBe('New');
    expect((await preview(through)).content.html).toBe('<div>New</div>');
    expect((await call('GET', `/messages/${direct}`)).body.version).toBe(2);
    expect((await call('GET', `/messages/${without}`)).body.version).toBe(1);
    const before = await loadVersion(pool, { messageId: Number(direct), version: 1 });
    expect(before?.compiled['en']?.placed).toEqual({ html: 'Old' });
    const { items } = (await call('GET', `/content_blocks/${inner.id}/uses`)).body;
    expect(items).toMatchObject([
      { kind: 'block', id: wrap },
      { kind: 'message', id: through, block_version: 2 },
      { kind: 'message', id: direct, block_version: 2 },
    ]);
  });

  test('makes the secret that it fetches with one of its messages', async () => {
    const secretsOf = async (id: string): Promise<string[]> => {
      const { rows } = await pool.query<{ name: string }>(
        `select name from message_secrets where message_id = $1`,
        [id],
      );
      return rows.map(({ name }) => name);
    };
    const id = await made('offers', { html: 'None' });
    const direct = (await message({ subject: 'x', html: `{% include 'offers' %}` })).body.id;
    expect(await secretsOf(direct)).toEqual([]);
    const change = async (html: string): Promise<void> => {
      const { body } = await call('PATCH', `/content_blocks/${id}`, {
        body: { content: { en: { html } } },
      });
      await finish(body.renewing);
    };
    await change(`{% fetch "https://shop.example/o" as offers, secret: "shop" %}{{ offers.n }}`);
    expect(await secretsOf(direct)).toEqual(['shop']);
    await change('None again');
    expect(await secretsOf(direct)).toEqual([]);
  });

  test('leaves a message that cannot take it as it was, and names it', async () => {
    const id = await made('fits', { mjml: '<mj-text>a</mj-text>' });
    const mjml = `<mjml><mj-body><mj-section><mj-column>{% include 'fits' %}</mj-column></mj-section></mj-body></mjml>`;
    const { body: mail } = await message({ subject: 'x', mjml }, { name: 'Picky' });
    const content = {
      en: { mjml: '<mj-section><mj-column><mj-text>b</mj-text></mj-column></mj-section>' },
    };
    const { body } = await call('PATCH', `/content_blocks/${id}`, { body: { content } });
    expect(await finish(body.renewing)).toMatchObject({ state: 'done', done: 0, failed: 1 });
    const { items } = (await call('GET', `/jobs/${body.renewing}/errors`)).body;
    expect(items).toMatchObject([{ subject: 'Picky', message: expect.stringMatching(/MJML/) }]);
    expect((await preview(mail.id)).content.html).toContain('>a<');
  });

  test('is not missed by a message that is being saved', async () => {
    const id = await made('race', { html: 'one' });
    meanwhile = () =>
      call('PATCH', `/content_blocks/${id}`, { body: { content: { en: { html: 'two' } } } });
    const { body } = await message({ subject: 'x', html: `{% include 'race' %}` });
    expect((await preview(body.id)).content.html).toBe('two');
  });

  test('with the same words makes no version and no work', async () => {
    const id = await made('same', { html: 'a' });
    const { body } = await call('PATCH', `/content_blocks/${id}`, {
      body: { content: { en: { html: 'a' } }, name: 'Renamed' },
    });
    expect(body).toMatchObject({ version: 1, renewing: null, name: 'Renamed' });
  });

  test('that is saved again into a message by hand makes a version of it', async () => {
    const id = await made('again', { html: 'a' });
    const html = `{% include 'again' %}`;
    const { body: mail } = await message({ subject: 'x', html });
    await call('PATCH', `/content_blocks/${id}`, { body: { content: { en: { html: 'b' } } } });
    const content = { en: { subject: 'x', html } };
    const { body } = await call('PATCH', `/messages/${mail.id}`, { body: { content } });
    expect(body.version).toBe(2);
    expect((await call('PATCH', `/messages/${mail.id}`, { body: { content } })).body.version).toBe(
      2,
    );
  });
});

test('a used block cannot be deleted, an unused one can', async () => {
  const id = await made('used', { html: 'a' });
  const { body: mail } = await message(
    { subject: 'x', html: `{% include 'used' %}` },
    { name: 'User' },
  );
  const refused = await call('DELETE', `/content_blocks/${id}`);
  expect(refused).toMatchObject({
    status: 409,
    body: { errors: [{ path: `/messages/${mail.id}` }] },
  });
  expect(refused.body.detail).toContain('"User"');
  await call('PATCH', `/messages/${mail.id}`, {
    body: { content: { en: { subject: 'x', html: 'y' } } },
  });
  expect((await call('DELETE', `/content_blocks/${id}`)).status).toBe(204);
  expect((await call('GET', `/content_blocks/${id}`)).status).toBe(404);
});

test('keys are unique in a workspace; lists go by name, with tags and pages', async () => {
  const other = await addWorkspace('list');
  const as = await addKey({ workspaceId: other.id });
  const post = (key: string, name: string) =>
    call('POST', '/content_blocks', {
      as,
      body: { key, name, content: { en: { text: 'x' } }, tags: ['Shop'] },
    });
  await post('b', 'beta');
  await post('a', 'Alpha');
  expect((await post('a', 'Third')).status).toBe(409);
  const { body: first } = await call('GET', '/content_blocks?limit=1', { as });
  expect(first.items).toMatchObject([{ name: 'Alpha', tags: ['Shop'] }]);
  const { body: second } = await call(
    'GET',
    `/content_blocks?limit=1&cursor=${first.next_cursor}`,
    { as },
  );
  expect(second).toMatchObject({ items: [{ name: 'beta' }], next_cursor: null });
});

test('blocks of another workspace are not there, nor can messages name them', async () => {
  const id = await made('ours', { html: 'secret' });
  const other = await addWorkspace('other');
  const as = await addKey({ workspaceId: other.id });
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['GET', '/versions'],
    ['GET', '/uses'],
    ['POST', '/preview'],
  ] as const) {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
    expect((await call(method, `/content_blocks/${id}${path}`, { as, ...body })).status).toBe(404);
  }
  const content = { en: { subject: 'x', html: `{% include 'ours' %}` } };
  const { status } = await call('POST', '/messages', {
    as,
    body: { name: 'M', channel: 'email', content },
  });
  expect(status).toBe(422);
});

test('a preview shows the draft of a block on a page of its own', async () => {
  const id = await made('shown', {
    mjml: '<mj-text>Hi {{ contact.first_name | default: "you" }}</mj-text>',
  });
  const { body } = await call('POST', `/content_blocks/${id}/preview`, { body: {} });
  expect(body).toMatchObject({ language: 'en', problems: [] });
  expect(body.content.html).toContain('Hi you');
  const broken = await call('POST', `/content_blocks/${id}/preview`, {
    body: { content: { en: { html: '{% if %}' } } },
  });
  expect(broken.body).toMatchObject({ content: null, problems: [{ path: '/html' }] });
  const beside = await call('POST', `/content_blocks/${id}/preview`, {
    body: { content: { en: { mjml: '<mj-text>Seen</mj-text>', html: '<p>{% if %}</p>' } } },
  });
  expect(beside.body.content.html).toContain('Seen');
  expect(beside.body.problems).toMatchObject([{ path: '/html', line: 1 }]);
});

test('a version of a block is kept with its author', async () => {
  const id = await made('versions', { text: 'a' });
  await call('PATCH', `/content_blocks/${id}`, { body: { content: { en: { text: 'b' } } } });
  const { items } = (await call('GET', `/content_blocks/${id}/versions`)).body;
  expect(items).toMatchObject([
    { version: 2, content: { en: { text: 'b' } } },
    { version: 1, content: { en: { text: 'a' } } },
  ]);
  const { rows } = await pool.query(
    `select action from audit where object_kind = 'content_block' and object_id = $1 order by id`,
    [id],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'content_block.create',
    'content_block.change',
  ]);
});

test.each([
  [`{% include 'a' %}`, ['a']],
  [`{%- include "a-b" -%}{%include 'c'%}`, ['a-b', 'c']],
  [`{% include a %}{% include 'b', x: 1 %}`, [undefined, 'b']],
  [`{% comment %}{% include 'a' %}{% endcomment %}{% include 'b' %}`, ['b']],
  [`{% raw %}{% include 'a' %}`, []],
  [`{% includes 'a' %}{% include`, []],
  ['{%'.repeat(50_000), []],
  ['{% raw %}'.repeat(20_000), []],
])('tags of %# are found', (text, keys) => {
  expect(findIncludes(text).map(({ key }) => key)).toEqual(keys);
});

test('the longest row through a block is counted, and a circle seen', () => {
  const link = (block_id: number, child_id: number) => ({ block_id, child_id });
  expect(longestChain([], 1)).toBe(1);
  expect(longestChain([link(1, 2), link(2, 3), link(1, 3), link(9, 8)], 2)).toBe(3);
  expect(longestChain([link(1, 2), link(2, 1)], 1)).toBe('circle');
});
