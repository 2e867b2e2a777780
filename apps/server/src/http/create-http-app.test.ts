import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { serializeError } from './request-log.ts';
import { defineOpenRoute, defineRoute, type ManageRoute } from './route.ts';
import { Content, contentSchema } from './content.ts';
import { testApp } from './test-app.ts';

const lines: Record<string, unknown>[] = [];

const logger = pino(
  { level: 'debug', serializers: { err: serializeError } },
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  }),
);

const routes: ManageRoute[] = [
  defineOpenRoute({
    method: 'POST',
    url: '/echo',
    summary: 'Says it back',
    body: z.unknown(),
    response: z.unknown(),
    bodyLimit: 2000,
    handler: ({ body }) => body,
  }),
  defineOpenRoute({
    method: 'GET',
    url: '/ip',
    summary: 'Says who asks',
    response: z.string(),
    handler: ({ ip }) => ip,
  }),
  defineRoute({
    method: 'GET',
    url: '/broken',
    right: 'member',
    summary: 'Fails in the database, with a value in the message',
    response: z.unknown(),
    handler: ({ db }) => db.query(`select 'ada@example.com'::int`),
  }),
  defineRoute({
    method: 'GET',
    url: '/page',
    right: 'member',
    summary: 'Is a page',
    response: contentSchema,
    handler: () => new Content('text/html; charset=utf-8', '<p>Hello</p>'),
  }),
];

const { app, call } = await testApp({ routes, logger });

function post(payload: string | Buffer, contentType = 'application/json') {
  return app.inject({
    method: 'POST',
    url: '/manage/v1/echo',
    headers: { 'content-type': contentType },
    payload,
  });
}

test.each([
  ['{"a":', 'application/json', 400, 'invalid_json'],
  ['['.repeat(200), 'application/json', 400, 'json_too_deep'],
  [JSON.stringify('x'.repeat(3000)), 'application/json', 413, 'body_too_large'],
  ['a=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
  ['hello', 'text/plain', 415, 'unsupported_media_type'],
])('a body %.20j of %s is answered %i %s', async (payload, type, status, code) => {
  const answer = await post(payload, type);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const body = answer.json();
  expect(body).toMatchObject({ status, code, type: `urn:perennial:problem:${code}` });
  expect(body.request_id).toBe(answer.headers['x-request-id']);
});

test('text that the database cannot store is replaced, not refused', async () => {
  const answer = await post('{"a":"\\u0000\\ud800"}');
  expect(answer.json()).toEqual({ a: '\ufffd\ufffd' });
});

test('what is not there is a problem below /manage and a page for people', async () => {
  expect(await call('GET', '/nothing')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const page = await app.inject('/contacts/12');
  expect(page.statusCode).toBe(503);
  expect(page.body).toContain('not built');
});

test('a path that is no path is the mistake of the caller', async () => {
  const answer = await app.inject('/manage/v1/%zz');
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'invalid_request' });
});

test("a request keeps the caller's ID if it is harmless, else gets one", async () => {
  const own = await app.inject({ url: '/healthz', headers: { 'x-request-id': 'a-1.b' } });
  expect(own.headers['x-request-id']).toBe('a-1.b');
  const bad = await app.inject({ url: '/healthz', headers: { 'x-request-id': 'a b<script>' } });
  expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('an error of ours tells the caller nothing and the log no value', async () => {
  lines.length = 0;
  const { status, body } = await call('GET', '/broken');
  expect(status).toBe(500);
  expect(body).toMatchObject({ code: 'internal' });
  expect(JSON.stringify(body)).not.toContain('ada@example.com');
  expect(lines.map((line) => line['msg'])).toContain('request failed');
  expect(JSON.stringify(lines)).not.toContain('ada@example.com');
});

test('the log has the pattern of a route, never its path or query', async () => {
  lines.length = 0;
  await app.inject('/u/secret-token?email=ada@example.com');
  await call('POST', '/echo?token=secret-token', { body: {} });
  expect(lines.length).toBeGreaterThan(0);
  expect(JSON.stringify(lines)).not.toContain('secret-token');
  expect(JSON.stringify(lines)).not.toContain('ada@');
});

test('data may not run as a page, and pages load scripts from here alone', async () => {
  const data = await call('GET', '/nothing');
  expect(data.headers['content-security-policy']).toContain("default-src 'none'");
  expect(data.headers['x-content-type-options']).toBe('nosniff');
  expect(data.headers['cache-control']).toBeUndefined();
  const page = await call('GET', '/page');
  expect(page.body).toBe('<p>Hello</p>');
  expect(page.headers['content-security-policy']).toContain("script-src 'self';");
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.headers['strict-transport-security']).toBeUndefined();
});

test('browsers are told to stay with HTTPS once they came by it', async () => {
  const headers = { 'x-forwarded-proto': 'https' };
  const answer = await app.inject({ url: '/healthz', headers });
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
});

test('metrics are for this machine', async () => {
  const here = await app.inject('/metrics');
  expect(here.statusCode).toBe(200);
  expect(here.body).toContain(
    'perennial_http_requests_total{method="POST",route="/manage/v1/echo"',
  );
  const remote = await app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' });
  expect(remote.statusCode).toBe(403);
  const proxied = { 'x-forwarded-for': '192.0.2.1' };
  expect((await app.inject({ url: '/metrics', headers: proxied })).statusCode).toBe(403);
});

test('the documentation is rendered from files of ours', async () => {
  const page = await app.inject('/docs');
  expect(page.statusCode).toBe(200);
  expect(page.body).not.toMatch(/https?:\/\//);
  const script = await app.inject('/docs/reference.js');
  expect(script.headers['content-type']).toContain('text/javascript');
  expect(script.body).toContain('createApiReference');
  expect((await app.inject('/docs/start.js')).body).toContain('/manage/v1/openapi.json');
});

test('it is alive and ready', async () => {
  expect((await app.inject('/healthz')).json()).toEqual({ status: 'alive' });
  expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' });
});

test('closing waits for answers under way', async () => {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const slow = defineOpenRoute({
    method: 'GET',
    url: '/slow',
    summary: 'Takes its time',
    response: z.string(),
    handler: async () => {
      reached.resolve();
      await gate.promise;
      return 'done';
    },
  });
  const { app: closing } = await testApp({ routes: [slow] });
  const url = await closing.listen({ host: '127.0.0.1', port: 0 });
  const answer = fetch(`${url}/manage/v1/slow`);
  await reached.promise;
  const closed = closing.close();
  gate.resolve();
  expect(await (await answer).json()).toBe('done');
  await closed;
  await expect(fetch(`${url}/manage/v1/slow`)).rejects.toThrow();
});

test('who is asked through a proxy is the one it speaks for; a stranger is not believed', async () => {
  const ipSeen = async (remoteAddress: string): Promise<string> => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    return (await app.inject({ url: '/manage/v1/ip', headers, remoteAddress })).json();
  };
  expect(await ipSeen('127.0.0.1')).toBe('203.0.113.7');
  expect(await ipSeen('172.18.0.2')).toBe('203.0.113.7');
  expect(await ipSeen('198.51.100.1')).toBe('198.51.100.1');
});
