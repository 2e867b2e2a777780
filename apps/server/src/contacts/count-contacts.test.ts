import { beforeAll, expect, test } from 'vitest';
import { countContacts } from './count-contacts.ts';
import { testContacts } from './test-contacts.ts';

const { pool, workspace, send, identify } = await testContacts();
const everybody = { workspaceId: workspace.id, identified: false };

beforeAll(async () => {
  await send([identify([['external_id', 'ada']], {}), identify([['external_id', 'ben']], {})]);
});

test('contacts are counted one by one, and beyond a number estimated', async () => {
  expect(await countContacts(pool, everybody)).toEqual({ total: 2, exact: true });
  const where = (): string => `external_id = 'ada'`;
  expect(await countContacts(pool, { ...everybody, where })).toEqual({ total: 1, exact: true });
  expect(await countContacts(pool, everybody, { most: 1 })).toMatchObject({ exact: false });
});

test('a filter that even an estimate takes long for is not counted', async () => {
  const where = (): string => 'pg_sleep(60) is not null';
  const counted = await countContacts(pool, { ...everybody, where }, { patienceMs: 50 });
  expect(counted).toBeUndefined();
});
