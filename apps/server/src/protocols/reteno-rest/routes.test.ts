import compress from '@fastify/compress';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { retenoRestProtocol } from './routes.ts';

test('a body that cannot be unpacked is the mistake of its sender', async () => {
  const app = Fastify();
  await app.register(compress, { global: true });
  // Refused before anything of the program is asked.
  await app.register(async (scope) => retenoRestProtocol({} as never)(scope));
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v3/event',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    payload: Buffer.from('no gzip'),
  });
  await app.close();
  expect(answer.statusCode).toBe(400);
});
