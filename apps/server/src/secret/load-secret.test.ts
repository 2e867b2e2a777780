import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSecret, keepSecret, loadSecret } from './load-secret.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'secret-'));
});

afterEach(() => rm(home, { recursive: true }));

test('makes a secret once and keeps it to its owner', async () => {
  const dataFolder = join(home, 'data');
  const made = await Promise.all(
    [1, 2, 3].map(() => loadSecret({ secret: undefined, dataFolder })),
  );
  expect(made[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(made).size).toBe(1);
  expect(await loadSecret({ secret: undefined, dataFolder })).toBe(made[0]);
  expect((await stat(join(dataFolder, 'secret'))).mode & 0o777).toBe(0o600);
});

test('a given secret goes before the kept one', async () => {
  await loadSecret({ secret: undefined, dataFolder: home });
  expect(await loadSecret({ secret: 'given by the operator', dataFolder: home })).toBe(
    'given by the operator',
  );
});

test('keeps a given secret where there is none yet', async () => {
  const place = { secret: undefined, dataFolder: home };
  expect(await findSecret(place)).toBe(undefined);
  await keepSecret(home, 'given with a backup');
  await keepSecret(home, 'and another');
  expect(await loadSecret(place)).toBe('given with a backup');
});
