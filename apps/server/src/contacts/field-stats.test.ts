import { expect, test } from 'vitest';
import { testContacts } from './test-contacts.ts';

const { call, pool, workspace, send, identify } = await testContacts();

async function stats(field: string): Promise<unknown> {
  return (await call('GET', `/fields/stats?field=${field}`)).body;
}

test('a field says how many contacts have a value, and choices which', async () => {
  await call('POST', '/fields', { body: { key: 'sports', type: 'multiple_choice' } });
  await send([
    identify([['external_id', 'a']], { 'custom.sports': ['run', 'swim'], language: 'en' }),
    identify([['external_id', 'b']], { 'custom.sports': ['run'], first_name: 'Bob' }),
    identify([['external_id', 'c']], { email: 'c@example.com' }),
  ]);
  expect(await stats('custom.sports')).toEqual({
    field: 'custom.sports',
    contacts: 2,
    of: 3,
    looked_at: 3,
    exact: true,
    top: [
      { value: 'run', contacts: 2 },
      { value: 'swim', contacts: 1 },
    ],
  });
  expect(await stats('email')).toMatchObject({ contacts: 1, top: [] });
  expect(await stats('first_name')).toMatchObject({ contacts: 1, top: [] });
  expect((await call('GET', '/fields/stats?field=custom.none')).status).toBe(404);
});

test('of many contacts a sample is read, and the numbers say so', async () => {
  await pool.query(
    `insert into contacts (id, workspace_id, fields, source, created_at, updated_at)
     select 1000000 + n, $1, case when n % 4 = 0 then '{"language": "uk"}' else '{"language": "en"}' end::jsonb,
            'api', $2, $2
       from generate_series(1, 60000) n`,
    [workspace.id, new Date()],
  );
  await pool.query('analyze contacts');
  const found = (await stats('language')) as {
    exact: boolean;
    looked_at: number;
    contacts: number;
    top: { value: string; contacts: number }[];
  };
  expect(found.exact).toBe(false);
  expect(found.looked_at).toBeGreaterThan(5_000);
  expect(found.looked_at).toBeLessThan(45_000);
  expect(found.contacts).toBeGreaterThan(55_000);
  const [en, uk] = found.top;
  expect([en!.value, uk!.value]).toEqual(['en', 'uk']);
  expect(en!.contacts / uk!.contacts).toBeGreaterThan(2);
});
