import pino from 'pino';
import { expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import { createSecretBox } from '../secret/index.ts';
import { initialiseInstallation } from '../slots/index.ts';
import { serve } from './serve.ts';

const { pool, url } = await testDatabase();

test('nobody is answered before what must be there is there', async () => {
  await initialiseInstallation(pool, { now: new Date() });
  let refused: unknown;
  const serving = await serve({
    pool,
    url,
    box: createSecretBox('a secret of this test only'),
    log: pino({ level: 'silent' }),
    clock: () => new Date(),
    host: '127.0.0.1',
    port: 0,
    processId: 1,
    allowEgress: [],
    publicUrlOf: (port) => `http://127.0.0.1:${port}`,
    async prepare(publicUrl) {
      refused = await fetch(`${publicUrl}/readyz`).catch((error: Error) => error.cause);
    },
  });
  expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  expect((await fetch(`${serving.publicUrl}/readyz`)).status).toBe(200);
  await serving.stop();
});
