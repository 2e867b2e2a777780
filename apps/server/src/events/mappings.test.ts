import { expect, test } from 'vitest';
import { fieldIndexing } from '../contacts/index.ts';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier } from '../inbox/index.ts';
import { doWork, workKinds } from '../jobs/index.ts';

const { call, pool, clock, logIn, addWorkspace, addKey, ...world } = await testContacts();
const { send, identify, idOf, pipeline } = world;

const person = (name: string): Identifier[] => [['external_id', name]];

/** Resolves and applies what the pipeline itself appended, too. */
async function settle(): Promise<void> {
  await pipeline.drain();
  await pipeline.drain();
}

async function workAll(): Promise<void> {
  const kinds = workKinds([fieldIndexing]);
  const { rows } = await pool.query<{ id: number }>(`select id from jobs where ended_at is null`);
  const stopping = new AbortController().signal;
  for (const { id } of rows) await doWork({ pool, kinds, clock: clock.now, stopping }, { id });
  await settle();
}

async function valuesOf(field: string): Promise<[string, string][]> {
  const { rows } = await pool.query<{ value: string; name: string }>(
    `select i.value, c.external_id as name from identifiers i join contacts c on c.id = i.contact_id
      where i.kind = $1 and i.value <> '' order by c.external_id`,
    [`field.${field}`],
  );
  return rows.map((row) => [row.name, row.value]);
}

async function addField(key: string, type = 'text'): Promise<void> {
  expect((await call('POST', '/fields', { body: { key, type } })).status).toBe(201);
}

async function map(parameter: string, field: string): Promise<string> {
  const { status, body } = await call('POST', '/event_mappings', { body: { parameter, field } });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function preview(params: Record<string, unknown>, event?: string) {
  return (await call('POST', '/event_mappings/preview', { body: { params, event } })).body;
}

test('a rule makes what contacts had before, and what they get later, identifiers', async () => {
  await addField('crm');
  await send([
    identify(person('ada'), { 'custom.crm': 'A1' }),
    identify(person('bob'), { 'custom.crm': 'B1' }),
    identify(person('cleo'), { 'custom.crm': 'C1' }),
  ]);
  expect(await valuesOf('custom.crm')).toEqual([]);
  await map('CrmNo', 'custom.crm');
  expect((await call('GET', '/event_mappings')).body.items).toMatchObject([
    { parameter: 'CrmNo', field: 'custom.crm', indexing: true },
  ]);
  await send([identify(person('bob'), { 'custom.crm': 'B2' })]);
  await workAll();
  expect((await call('GET', '/event_mappings')).body.items).toMatchObject([{ indexing: false }]);
  expect(await valuesOf('custom.crm')).toEqual([
    ['ada', 'A1'],
    ['bob', 'B2'],
    ['cleo', 'C1'],
  ]);
  // By hand, cleared, set to an earlier time, and to what the field does not hold.
  await call('PATCH', `/contacts/${await idOf('ada')}`, { body: { custom: { crm: 'A2' } } });
  await settle();
  const older = { ...identify(person('bob'), { 'custom.crm': 'B0' }), at: 1_700_000_000_000 };
  await send([identify(person('cleo'), { 'custom.crm': null }), older]);
  await settle();
  expect(await valuesOf('custom.crm')).toEqual([
    ['ada', 'A2'],
    ['bob', 'B2'],
  ]);
});

test('indexing that comes late does not bring back an older value', async () => {
  await addField('late');
  await send([identify(person('dora'), { 'custom.late': 'old' })]);
  await map('late', 'custom.late');
  const kinds = workKinds([fieldIndexing]);
  const { rows } = await pool.query<{ id: number }>(`select id from jobs where ended_at is null`);
  await doWork(
    { pool, kinds, clock: clock.now, stopping: new AbortController().signal },
    { id: rows[0]!.id },
  );
  // What the job read is on its way; the newer value is resolved before it.
  const { rows: inbox } = await pool.query(`delete from inbox returning *`);
  await send([identify(person('dora'), { 'custom.late': 'new' })]);
  for (const row of inbox) {
    await pool.query(
      `insert into inbox (workspace_id, lane, n, received_at, payload) values ($1, $2, $3, $4, $5)`,
      [row['workspace_id'], row['lane'], row['n'], row['received_at'], row['payload']],
    );
  }
  await settle();
  expect(await valuesOf('custom.late')).toEqual([['dora', 'new']]);
});

test('a value that several share finds as an e-mail does', async () => {
  await addField('family', 'integer');
  await map('family', 'custom.family');
  await workAll();
  await send([
    identify([['anonymous_id', 'nobody yet']], { 'custom.family': '12' }),
    identify(person('eve'), { 'custom.family': 12 }),
  ]);
  const found = await preview({ family: '12' });
  expect(found).toMatchObject({
    creates: false,
    found_by: 'family',
    identifiers: [{ parameter: 'family', field: 'custom.family', value: '12', contacts: 2 }],
  });
  expect(found.contact).not.toBe(await idOf('eve'));
  const byOwner = await preview({ externalCustomerId: 'eve', family: 12 });
  expect(byOwner).toMatchObject({ contact: await idOf('eve'), found_by: 'externalCustomerId' });
});

test('a preview says who would be found, made or missed, and changes nothing', async () => {
  const before = (await call('GET', '/contacts?identified=all')).body.total;
  expect(await preview({ contactKey: 'k9', email: 'no address', phone: 'x'.repeat(400) })).toEqual({
    contact: null,
    creates: true,
    found_by: null,
    identifiers: [{ parameter: 'contactKey', field: 'contact_key', value: 'k9', contacts: 0 }],
    unusable: [
      { parameter: 'email', message: 'is no e-mail address' },
      { parameter: 'phone', message: 'is longer than 300 characters' },
    ],
  });
  expect(await preview({ ContactId: 999_999 })).toMatchObject({ contact: null, creates: false });
  expect(await preview({ minutes: 5 })).toMatchObject({ contact: null, identifiers: [] });
  await call('POST', '/event_types', { body: { key: 'Shy', create_contacts: false } });
  expect(await preview({ email: 'new@example.com' }, 'Shy')).toMatchObject({ creates: false });
  expect((await call('GET', '/contacts?identified=all')).body.total).toBe(before);
});

test('a contact key set on a card finds the card', async () => {
  await send([identify(person('finn'), { contact_key: 'key-of-finn' })]);
  expect(await preview({ Contact_Key: 'key-of-finn' })).toMatchObject({
    contact: await idOf('finn'),
  });
  expect(await preview({ contactkey: 'KEY-of-finn' })).toMatchObject({ contact: null });
});

test.each([
  [{ parameter: 'x', field: 'custom.unknown' }, 400],
  [{ parameter: 'x', field: 'first_name' }, 400],
  [{ parameter: '', field: 'email' }, 400],
  [{ parameter: 'crmno', field: 'email' }, 409],
])('the rule %j is refused with %i', async (body, status) => {
  expect((await call('POST', '/event_mappings', { body })).status).toBe(status);
});

test('a field of dates names nobody', async () => {
  await addField('day', 'date');
  const body = { parameter: 'day', field: 'custom.day' };
  expect((await call('POST', '/event_mappings', { body })).status).toBe(400);
});

test('a rule that was taken away is not followed, and its field stays in step', async () => {
  await addField('gone');
  const id = await map('gone', 'custom.gone');
  await workAll();
  await send([identify(person('gil'), { 'custom.gone': 'G1' })]);
  expect(await preview({ gone: 'G1' })).toMatchObject({ contact: await idOf('gil') });
  expect((await call('DELETE', `/event_mappings/${id}`)).status).toBe(204);
  expect((await call('DELETE', `/event_mappings/${id}`)).status).toBe(404);
  expect(await preview({ gone: 'G1' })).toMatchObject({ contact: null, identifiers: [] });
  await send([identify(person('gil'), { 'custom.gone': 'G2' })]);
  await map('gone2', 'custom.gone');
  expect(await preview({ gone2: 'G2' })).toMatchObject({ contact: await idOf('gil') });
});

test('roles without personal data see no value, and other workspaces no rule', async () => {
  const as = await logIn('marketer_without_contact_data');
  const body = { params: { email: 'ada@example.com' } };
  const { body: shown } = await call('POST', '/event_mappings/preview', { as, body });
  expect(JSON.stringify(shown)).not.toContain('ada@example.com');
  const other = await addKey({ workspaceId: (await addWorkspace('apart')).id });
  expect((await call('GET', '/event_mappings', { as: other })).body.items).toEqual([]);
});
