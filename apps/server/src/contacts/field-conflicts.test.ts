import { beforeAll, expect, test } from 'vitest';
import { testContacts } from './test-contacts.ts';

const { call, send, identify, idOf, logIn, addWorkspace, addKey } = await testContacts();

interface Conflict {
  id: string;
  contact: string;
  value: unknown;
  converted: unknown;
}

let contact: string;

beforeAll(async () => {
  await call('POST', '/fields', { body: { key: 'age', type: 'integer', rules: { max: 150 } } });
  for (const age of ['41 years', 'old', 'about 30'])
    await send([identify([['external_id', 'ada']], { 'custom.age': age, first_name: 'Ada' })]);
  await send([identify([['external_id', 'ada']], { language: 'nonsense!' })]);
  contact = await idOf('ada');
});

async function conflicts(field = 'custom.age'): Promise<Conflict[]> {
  const { status, body } = await call('GET', `/fields/conflicts?field=${field}`);
  expect(status).toBe(200);
  return body.items;
}

test('the conflicts of a field are counted and listed, newest first, with what they convert to', async () => {
  expect((await call('GET', '/fields/conflicts/summary')).body.items).toMatchObject([
    { field: 'custom.age', conflicts: 3 },
    { field: 'language', conflicts: 1 },
  ]);
  expect(await conflicts()).toMatchObject([
    { contact, name: 'Ada', value: 'about 30', converted: 30, source: 'identify' },
    { value: 'old', converted: null },
    { value: '41 years', converted: 41 },
  ]);
  const first = await call('GET', '/fields/conflicts?field=custom.age&limit=2');
  const rest = await call(
    'GET',
    `/fields/conflicts?field=custom.age&limit=2&cursor=${first.body.next_cursor}`,
  );
  expect(rest.body.items).toMatchObject([{ value: '41 years' }]);
});

test('taking one over sets the value and settles it', async () => {
  const [newest] = await conflicts();
  const { status, body } = await call('POST', `/contacts/${contact}/conflicts/${newest!.id}`, {
    body: { action: 'take' },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    custom: { age: 30 },
    set_at: { 'custom.age': { source: 'manual', weak: false } },
  });
  expect(await conflicts()).toHaveLength(2);
});

test('the card says what each converts to', async () => {
  const { body } = await call('GET', `/contacts/${contact}`);
  const listed = [...(await conflicts()), ...(await conflicts('language'))];
  const convertedOf = (rows: { id: string; converted?: unknown }[]) =>
    Object.fromEntries(rows.map(({ id, converted }) => [id, converted]));
  expect(convertedOf(body.conflicts)).toEqual(convertedOf(listed));
  expect(Object.values(convertedOf(body.conflicts))).toContain(null);
});

test('what converts to nothing takes a value by hand, which must fit', async () => {
  const [old] = await conflicts();
  const url = `/contacts/${contact}/conflicts/${old!.id}`;
  expect((await call('POST', url, { body: { action: 'take' } })).status).toBe(422);
  const wrong = await call('POST', url, { body: { action: 'take', value: 151 } });
  expect(wrong.body.errors).toMatchObject([{ path: '/custom/age' }]);
  expect(await conflicts()).toHaveLength(2);
  const right = await call('POST', url, { body: { action: 'take', value: 77 } });
  expect(right.body.custom).toEqual({ age: 77 });
});

test('dismissing one changes nothing but that', async () => {
  const [last] = await conflicts();
  const url = `/contacts/${contact}/conflicts/${last!.id}`;
  const { body } = await call('POST', url, { body: { action: 'dismiss' } });
  expect(body.custom).toEqual({ age: 77 });
  expect(await conflicts()).toEqual([]);
  expect((await call('POST', url, { body: { action: 'dismiss' } })).status).toBe(404);
});

test('a change that says so settles what was sent before, and of no other contact', async () => {
  for (const [who, age] of [
    ['ada', 'ninety'],
    ['ada', 'ninety-one'],
    ['bob', 'eighty'],
  ])
    await send([identify([['external_id', who!]], { 'custom.age': age! })]);
  const [bobs, second, first] = await conflicts();
  const body = { custom: { age: 91 }, settles: [first!.id, second!.id, bobs!.id] };
  const answer = await call('PATCH', `/contacts/${contact}`, { body });
  expect(answer.body).toMatchObject({ custom: { age: 91 }, conflicts: [{ field: 'language' }] });
  expect(await conflicts()).toMatchObject([{ id: bobs!.id, value: 'eighty' }]);
});

test('a change that is refused settles nothing', async () => {
  const [bobs] = await conflicts();
  const body = { custom: { age: 151 }, settles: [bobs!.id] };
  expect((await call('PATCH', `/contacts/${bobs!.contact}`, { body })).status).toBe(400);
  expect(await conflicts()).toHaveLength(1);
});

test('who may not see personal data sees that there are conflicts', async () => {
  const as = await logIn('marketer_without_contact_data');
  const { body } = await call('GET', '/fields/conflicts?field=language', { as });
  expect(body.items).toMatchObject([{ value: '•••', converted: null }]);
  expect(JSON.stringify(body)).not.toContain('Ada');
});

test('another workspace sees and settles none', async () => {
  const as = await addKey({ workspaceId: (await addWorkspace('other')).id });
  const [own] = await conflicts('language');
  const url = `/contacts/${contact}/conflicts/${own!.id}`;
  expect((await call('POST', url, { as, body: { action: 'dismiss' } })).status).toBe(404);
  expect((await call('GET', '/fields/conflicts?field=language', { as })).body.items).toEqual([]);
});
