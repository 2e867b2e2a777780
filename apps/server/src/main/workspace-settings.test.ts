import { expect, test } from 'vitest';
import type { Db } from '../db/index.ts';
import { createWorkspaceSettings } from './workspace-settings.ts';

/** A database that answers when the test says so. */
function world() {
  const asked: PromiseWithResolvers<{ rows: object[] }>[] = [];
  const db = {
    query() {
      const next = Promise.withResolvers<{ rows: object[] }>();
      asked.push(next);
      return next.promise;
    },
  } as unknown as Db;
  const answer = (n: number, country: string | null, strict = false): void =>
    asked[n]!.resolve({ rows: [{ id: 1, country, strict }] });
  return { asked, answer, settings: createWorkspaceSettings(db) };
}

test('who asks while it is being read waits for a look that began afterwards, and all share it', async () => {
  const { asked, answer, settings } = world();
  const first = settings.refresh();
  const others = [settings.refresh(), settings.refresh()];
  answer(0, 'UA');
  await expect.poll(() => asked.length).toBe(2);
  expect(settings.countryOf(1)).toBe('UA');
  answer(1, null, true);
  await Promise.all([first, ...others]);
  expect(asked).toHaveLength(2);
  expect(settings.countryOf(1)).toBeUndefined();
  expect(settings.isStrict(1)).toBe(true);
});

test('a look that fails leaves what was known, and the next one is made', async () => {
  const { asked, answer, settings } = world();
  const first = settings.refresh();
  answer(0, 'PL');
  await first;
  const failing = settings.refresh();
  asked[1]!.reject(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  expect(settings.countryOf(1)).toBe('PL');
  const next = settings.refresh();
  answer(2, 'DE');
  await next;
  expect(settings.countryOf(1)).toBe('DE');
});

test('a look that fails while somebody else asks is made again for all', async () => {
  const { asked, answer, settings } = world();
  const first = settings.refresh();
  const second = settings.refresh();
  asked[0]!.reject(new Error('away'));
  await expect.poll(() => asked.length).toBe(2);
  answer(1, 'FR');
  await Promise.all([first, second]);
  expect(settings.countryOf(1)).toBe('FR');
});
