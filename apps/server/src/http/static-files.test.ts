import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testApp } from './test-app.ts';

const root = await mkdtemp(join(tmpdir(), 'perennial-web-'));
afterAll(() => rm(root, { recursive: true }));
await mkdir(join(root, 'assets'));
await writeFile(join(root, 'index.html'), '<!doctype html><title>Perennial</title>');
await writeFile(join(root, 'assets', 'main-abc123.js'), 'export {};'.repeat(500));
await writeFile(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');

const { app } = await testApp({ routes: [], webRoot: root });

test.each(['/', '/contacts', '/workflows/12?tab=runs'])('%s is the interface', async (url) => {
  const answer = await app.inject(url);
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('<title>Perennial</title>');
  expect(answer.headers['cache-control']).toBe('no-cache');
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
});

test('a page that the browser kept keeps its policy', async () => {
  const { etag } = (await app.inject('/')).headers;
  const answer = await app.inject({ url: '/', headers: { 'if-none-match': String(etag) } });
  expect(answer.statusCode).toBe(304);
  expect(answer.headers['content-security-policy']).toBeUndefined();
});

test('hashed files are kept for ever, others asked for anew', async () => {
  const asset = await app.inject('/assets/main-abc123.js');
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(asset.headers['content-type']).toContain('javascript');
  expect((await app.inject('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test('files are compressed for those who can read that', async () => {
  const headers = { 'accept-encoding': 'gzip' };
  const asset = await app.inject({ url: '/assets/main-abc123.js', headers });
  expect(asset.headers['content-encoding']).toBe('gzip');
});

test.each(['/assets/missing.js', '/missing.png', '/api/v1/nothing', '/manage/v1/nothing', '/u/x'])(
  '%s is not found, and no page',
  async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'not_found' });
  },
);

test.each(['/..%2f..%2fetc%2fpasswd', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/.%00'])(
  '%s leads nowhere outside',
  async (url) => {
    const answer = await app.inject(url);
    expect(answer.body).not.toContain('root:');
  },
);
