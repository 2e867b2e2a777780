import { expect, test } from 'vitest';
import type { Api } from '../../api.ts';
import { readingTogether } from './contact-names.ts';

/** Contacts 1 to 300; 7 was deleted, and is in no list. */
function fakeApi() {
  const asked: string[] = [];
  const get = (path: string, options?: { query?: { filter?: string } }) => {
    asked.push(path);
    if (path !== '/contacts') return Promise.resolve({ id: path.split('/')[2] });
    const { value } = JSON.parse(options!.query!.filter!) as { value: string[] };
    return Promise.resolve({ items: value.filter((id) => id !== '7').map((id) => ({ id })) });
  };
  return { asked, api: { get } as unknown as Api };
}

test('contacts asked for together come in one call, each once', async () => {
  const { api, asked } = fakeApi();
  const read = readingTogether(api);
  const found = await Promise.all(['1', '2', '2'].map(read));
  expect(found.map(({ id }) => id)).toEqual(['1', '2', '2']);
  expect(asked).toEqual(['/contacts']);
});

test('a single one is read by its card, and so is one that lists leave out', async () => {
  const { api, asked } = fakeApi();
  const read = readingTogether(api);
  expect((await read('3')).id).toBe('3');
  const found = await Promise.all([read('6'), read('7')]);
  expect(found.map(({ id }) => id)).toEqual(['6', '7']);
  expect(asked).toEqual(['/contacts/3', '/contacts', '/contacts/7']);
});

test('more than a hundred come in several calls', async () => {
  const { api, asked } = fakeApi();
  const ids = Array.from({ length: 250 }, (_, n) => String(n + 10));
  expect(await Promise.all(ids.map(readingTogether(api)))).toHaveLength(250);
  expect(asked).toEqual(['/contacts', '/contacts', '/contacts']);
});
