import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { auditRoutes } from '../../../audit/index.ts';
import { createEgress } from '../../../egress/index.ts';
import { testApp } from '../../../http/test-app.ts';
import {
  checkRoutes,
  createRenderPool,
  FETCH_LIMITS,
  fetchSecretRoutes,
  messageRoutes,
  secretsFrom,
} from '../../index.ts';
import type { SecretSource } from './open-secrets.ts';
import { startTestSite } from '../test-site.ts';
import { strikeOut } from './strike-out.ts';

const http = createEgress({ allow: ['127.0.0.1'], answerBytes: FETCH_LIMITS.bytes });
const opened: { secrets?: SecretSource } = {};
const renderPool = createRenderPool({
  publicUrl: 'https://news.example',
  tokenKey: randomBytes(32),
  size: 1,
  fetching: {
    http,
    clock: () => new Date(),
    secrets: async (...which) => opened.secrets?.(...which),
  },
});
afterAll(async () => {
  await renderPool.close();
  await http.close();
});

const { call, pool, box, workspace, addKey, addWorkspace } = await testApp({
  routes: ({ box }) => [
    ...messageRoutes({ renderPool }),
    ...checkRoutes({ renderPool, egress: http }),
    ...fetchSecretRoutes({ box }),
    ...auditRoutes,
  ],
});
opened.secrets = secretsFrom(pool, box);

const VALUE = 'Bearer s3cr3t-of-the-shop';

function keep(name: string, origin: string, parts: object = {}) {
  return call('POST', '/fetch_secrets', { body: { name, origin, value: VALUE, ...parts } });
}

async function preview(html: string) {
  const { body } = await call('POST', '/messages', {
    body: { name: 'Offers', channel: 'email', content: { en: { subject: 'x', html: '<p></p>' } } },
  });
  const content = { subject: 'x', text: 'x', html };
  return call('POST', `/messages/${body.id}/preview`, { body: { content } });
}

async function save(name: string, html: string): Promise<{ id: string }> {
  const content = { en: { subject: 'x', html } };
  const { status, body } = await call('POST', '/messages', {
    body: { name, channel: 'email', content },
  });
  expect(status).toBe(201);
  return body;
}

/** A site that writes down what it is asked with, and says it. */
async function echo() {
  const headers: Record<string, unknown>[] = [];
  const site = await startTestSite((request, response) => {
    headers.push(request.headers);
    response.end(JSON.stringify({ said: request.headers.authorization ?? 'nothing' }));
  });
  return { ...site, headers };
}

describe('a fetch with headers', () => {
  test('sends what the message says', async () => {
    const site = await echo();
    const { body } = await preview(
      `{% fetch "${site.url}" as it, header-accept-language: "uk, en;q=0.5", header-X-Shop: "a &amp; b" %}ok`,
    );
    expect(body.problems).toEqual([]);
    expect(site.headers).toMatchObject([
      { 'accept-language': 'uk, en;q=0.5', 'x-shop': 'a & b', 'user-agent': 'Perennial' },
    ]);
  });

  test('is another question than the same address with other headers', async () => {
    const site = await echo();
    const { body } = await preview(
      ['a', 'b', 'a']
        .map((value) => `{% fetch "${site.url}" as it, header-x-shop: "${value}" %}`)
        .join(''),
    );
    expect(body.problems).toEqual([]);
    expect(site.headers.map((each) => each['x-shop'])).toEqual(['a', 'b']);
  });

  test.each([
    ['header-host: "x"', /header-host: This header is set by itself/],
    ['header-x: event.id', /header-x takes a text/],
    ['header-x: "é"', /header-x takes a text/],
    ['header-x: "a\nb"', /header-x takes a text/],
    [`header-x: "${'x'.repeat(1_001)}"`, /more than 1000 characters/],
    ['secret: event.id', /the name of a secret/],
    ['secret: "No Name"', /the name of a secret/],
    [
      Array.from({ length: 11 }, (_, i) => `header-x${i}: "1"`).join(', '),
      /sends at most 10 headers/,
    ],
  ])('%s is refused', async (options, message) => {
    const { body } = await preview(`{% fetch "https://shop.example" as it, ${options} %}`);
    expect(body.content).toBeNull();
    expect(body.problems[0].message).toMatch(message);
  });
});

describe('a secret', () => {
  test('goes to its host in its header, and is nowhere to be read', async () => {
    const site = await echo();
    const { status, body: secret } = await keep('echoed', site.url);
    expect(status).toBe(201);
    const { body } = await preview(
      `{% fetch "${site.url}" as it, secret: "echoed", header-authorization: "mine" %}<p>{{ it.said }}</p>`,
    );
    expect(body.problems).toEqual([]);
    expect(site.headers).toMatchObject([{ authorization: VALUE }]);
    expect(body.content.html).toContain('<p>(secret)</p>');
    const { body: list } = await call('GET', '/fetch_secrets');
    const { body: audit } = await call(
      'GET',
      `/audit?object_kind=fetch_secret&object_id=${secret.id}`,
    );
    expect(JSON.stringify([secret, list, audit])).not.toContain('s3cr3t');
    const { rows } = await pool.query<{ sealed: string }>(
      `select sealed from fetch_secrets where name = 'echoed'`,
    );
    expect(rows[0]!.sealed).not.toContain('s3cr3t');
    expect(box.open(rows[0]!.sealed)).toBe(VALUE);
  });

  test('goes to no other host', async () => {
    const site = await echo();
    await keep('elsewhere', 'https://shop.example/');
    const { body } = await preview(`{% fetch "${site.url}" as it, secret: "elsewhere" %}`);
    expect(body.problems).toMatchObject([
      {
        kind: 'fetch',
        message: expect.stringMatching(/given for https:\/\/shop\.example, not for/),
      },
    ]);
    expect(site.asked).toEqual([]);
  });

  test('is of its workspace alone, and one that is not there is told', async () => {
    const site = await echo();
    const other = await addWorkspace('other');
    const as = await addKey({ workspaceId: other.id });
    const body = { name: 'theirs', origin: site.url, value: VALUE };
    const { body: theirs } = await call('POST', '/fetch_secrets', { as, body });
    const answer = await preview(`{% fetch "${site.url}" as it, secret: "theirs" %}`);
    expect(answer.body.problems).toMatchObject([
      { kind: 'fetch', message: expect.stringContaining('There is no secret “theirs”.') },
    ]);
    expect(site.asked).toEqual([]);
    expect((await call('DELETE', `/fetch_secrets/${theirs.id}`)).status).toBe(404);
  });

  test('gets another value, which is sent from then on', async () => {
    const site = await echo();
    const { body: secret } = await keep('turned', site.url, { header: 'X-Api-Key' });
    await preview(`{% fetch "${site.url}/1" as it, secret: "turned" %}`);
    const path = `/fetch_secrets/${secret.id}`;
    const { status } = await call('PATCH', path, { body: { value: 'another-value' } });
    expect(status).toBe(200);
    await preview(`{% fetch "${site.url}/2" as it, secret: "turned" %}`);
    expect(site.headers).toMatchObject([{ 'x-api-key': VALUE }, { 'x-api-key': 'another-value' }]);
    const { body: audit } = await call('GET', '/audit?action=fetch_secret.change');
    expect(audit.items).toMatchObject([
      { before: { value_given: false }, after: { value_given: true } },
    ]);
    expect(JSON.stringify(audit)).not.toContain('another-value');
  });

  test('is erased', async () => {
    const { body: secret } = await keep('gone', 'https://shop.example');
    expect((await call('DELETE', `/fetch_secrets/${secret.id}`)).status).toBe(204);
    expect(await secretsFrom(pool, box)(workspace.id, 'gone')).toBeUndefined();
  });

  test('that is erased, or another now, takes with it what was fetched with it', async () => {
    let count = 0;
    const site = await startTestSite((_, response) => {
      count += 1;
      response.end(JSON.stringify({ count }));
    });
    const html = `{% fetch "${site.url}" as it, secret: "fresh", cache: 600 %}<p>{{ it.count }}</p>`;
    const { body: secret } = await keep('fresh', site.url);
    expect((await preview(html)).body.content.html).toContain('<p>1</p>');
    expect((await preview(html)).body.content.html).toContain('<p>1</p>');
    await call('PATCH', `/fetch_secrets/${secret.id}`, { body: { value: 'another-value' } });
    expect((await preview(html)).body.content.html).toContain('<p>2</p>');
    await call('DELETE', `/fetch_secrets/${secret.id}`);
    expect((await preview(html)).body).toMatchObject({
      content: null,
      problems: [{ path: '/html', line: 1, kind: 'fetch', message: 'There is no secret “fresh”.' }],
    });
    await keep('fresh', site.url);
    expect((await preview(html)).body.content.html).toContain('<p>3</p>');
  });

  test('that is missing is a problem at its place, in the preview and the checks', async () => {
    const html = `<p>\n{% if contact.email %}{% fetch "https://shop.example" as it, secret: "none" %}{% endif %}</p>`;
    const { body } = await preview(html);
    // Nobody asked for it: this contact has no e-mail.
    expect(body.content.html).toContain('<p>');
    expect(body.problems).toMatchObject([
      {
        path: '/html',
        line: 2,
        kind: 'fetch',
        message: 'There is no secret “none”.',
        excerpt: expect.stringContaining('secret: "none"'),
      },
    ]);
    const message = await save('Checked', html);
    const checks = await call('POST', `/messages/${message.id}/check`, { body: {} });
    expect(checks.status, JSON.stringify(checks.body)).toBe(200);
    expect(checks.body.findings).toContainEqual(
      expect.objectContaining({ check: 'secrets', severity: 'error', path: '/html', line: 2 }),
    );
  });

  test('is listed with the messages that fetch with it now', async () => {
    await keep('used', 'https://shop.example');
    const html = '{% fetch "https://shop.example" as it, secret: "used" %}';
    const { id } = await save('Uses it', html);
    await save('Says it', '{% raw %}{% fetch "https://a.b" as it, secret: "used" %}{% endraw %}');
    const usedBy = async () => {
      const { body } = await call('GET', '/fetch_secrets');
      return body.items.find(({ name }: { name: string }) => name === 'used').used_by;
    };
    expect(await usedBy()).toEqual([{ id, name: 'Uses it', channel: 'email' }]);
    const content = { en: { subject: 'x', html: '<p>no more</p>' } };
    await call('PATCH', `/messages/${id}`, { body: { content } });
    expect(await usedBy()).toEqual([]);
  });

  test('is led to another host only by whoever knows it', async () => {
    const { body: secret } = await keep('led', 'https://shop.example');
    const path = `/fetch_secrets/${secret.id}`;
    const body = { origin: 'https://evil.example' };
    expect((await call('PATCH', path, { body })).body.errors).toMatchObject([{ path: '/value' }]);
    const again = await call('PATCH', path, { body: { ...body, value: VALUE } });
    expect(again.body).toMatchObject({ origin: 'https://evil.example' });
  });

  test('is kept by whoever may change settings', async () => {
    const as = await addKey({ rights: ['messages.write'] });
    const body = { name: 'mine', origin: 'https://shop.example', value: VALUE };
    expect((await call('POST', '/fetch_secrets', { as, body })).status).toBe(403);
    expect((await call('GET', '/fetch_secrets', { as })).status).toBe(200);
  });

  test.each([
    [{ name: 'Two Words' }, '/name'],
    [{ origin: 'shop.example' }, '/origin'],
    [{ origin: 'https://shop.example/path' }, '/origin'],
    [{ origin: 'https://u:p@shop.example' }, '/origin'],
    [{ origin: 'ftp://shop.example' }, '/origin'],
    [{ header: 'Content-Length' }, '/header'],
    [{ header: 'a b' }, '/header'],
    [{ value: 'short' }, '/value'],
    [{ value: 'Bearer x\r\nx-evil: 1' }, '/value'],
  ])('%j is refused', async (parts, path) => {
    const body = { name: 'bad', origin: 'https://shop.example', value: VALUE, ...parts };
    const answer = await call('POST', '/fetch_secrets', { body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ path }]);
  });

  test('has a name of its own', async () => {
    await keep('twice', 'https://shop.example');
    const answer = await keep('twice', 'https://shop.example');
    expect(answer).toMatchObject({ status: 409, body: { code: 'already_exists' } });
  });
});

test.each([
  ['x Bearer abcdefgh-1 y', 'Bearer abcdefgh-1', 'x (secret) y'],
  ['{"token":"abcdefgh-1"}', 'Bearer abcdefgh-1', '{"token":"(secret)"}'],
  ['{"token":"ab\\"cdefgh"}', 'ab"cdefgh', '{"token":"(secret)"}'],
  ['a key of words', 'Key of', 'a key of words'],
])('of %s the secret %s is struck out', (text, secret, expected) => {
  expect(strikeOut(text, secret)).toBe(expected);
});
