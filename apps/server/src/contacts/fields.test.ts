import { expect, test } from 'vitest';
import type { Identifier } from '../inbox/index.ts';
import { createFieldCatalogue, readCustomRules } from './field-catalogue.ts';
import { testContacts } from './test-contacts.ts';

const { call, pool, workspace, send, identify, idOf, addWorkspace, addKey } = await testContacts();

const ada: Identifier[] = [['external_id', 'ada']];

async function customFields(url = '/fields'): Promise<Record<string, unknown>[]> {
  const { body } = await call('GET', url);
  return body.items.filter((field: { system: boolean }) => !field.system);
}

test('lists the fields that every workspace has, then its own in their order', async () => {
  const plan = await call('POST', '/fields', {
    body: { key: 'plan', type: 'choice', choices: ['free', 'premium'] },
  });
  expect(plan.status).toBe(201);
  const goal = await call('POST', '/fields', {
    body: { key: 'goal', label: 'Weekly goal', type: 'integer', group: 'Training' },
  });
  await call('PATCH', `/fields/${plan.body.id}`, { body: { position: 9 } });
  const { body } = await call('GET', '/fields');
  expect(body.items[0]).toMatchObject({ key: 'email', system: true, id: null });
  expect(await customFields()).toMatchObject([
    { id: goal.body.id, key: 'goal', label: 'Weekly goal', group: 'Training', source: 'manual' },
    { id: plan.body.id, key: 'plan', label: 'plan', choices: ['free', 'premium'], position: 9 },
  ]);
});

test.each([
  [{ key: 'plan', type: 'text' }, 409],
  [{ key: '', type: 'text' }, 400],
  [{ key: '__proto__', type: 'text' }, 400],
  [{ key: 'a', type: 'email' }, 400],
  [{ key: 'a', type: 'text', choices: ['x'] }, 400],
  [{ key: 'a', type: 'choice', choices: ['x', 'x'] }, 400],
])('%j is refused with %i', async (body, status) => {
  expect((await call('POST', '/fields', { body })).status).toBe(status);
});

test('a value that is no choice is refused at once; with the choice added it is taken by the same process', async () => {
  const [, plan] = await customFields();
  const catalogue = createFieldCatalogue();
  const rulesNow = () => catalogue.rules(pool, workspace.id, ['custom.plan']);
  expect((await rulesNow()).get('plan')?.choices).toEqual(['free', 'premium']);
  await send([identify(ada)]);
  const url = `/contacts/${await idOf('ada')}`;
  const body = { custom: { plan: 'family' } };
  const refused = await call('PATCH', url, { body });
  expect(refused.body.errors).toMatchObject([{ path: '/custom/plan' }]);
  await call('PATCH', `/fields/${String(plan!['id'])}`, {
    body: { choices: ['free', 'premium', 'family'] },
  });
  expect((await rulesNow()).get('plan')?.choices).toContain('family');
  expect((await call('PATCH', url, { body })).body.custom).toEqual({ plan: 'family' });
});

test.each([
  [{ type: 'text', rules: { min: 1 } }, '/rules/min'],
  [{ type: 'integer', rules: { min: 5, max: 4 } }, '/rules/max'],
  [{ type: 'text', rules: { pattern: '(' } }, '/rules/pattern'],
  [{ type: 'boolean', rules: { anniversary: true } }, '/rules/anniversary'],
])('a field does not take rules that cannot hold: %j', async (field, path) => {
  const { status, body } = await call('POST', '/fields', { body: { key: 'x', ...field } });
  expect(status).toBe(400);
  expect(body.errors).toMatchObject([{ path }]);
});

test('rules hold for what is set after them; what is stored stays', async () => {
  const { body: code } = await call('POST', '/fields', {
    body: { key: 'code', type: 'text', rules: { pattern: '^[A-Z]{2}\\d+$', max_length: 5 } },
  });
  await send([identify([['external_id', 'rita']], { 'custom.code': 'AB12' })]);
  const url = `/contacts/${await idOf('rita')}`;
  const set = async (value: string) =>
    (await call('PATCH', url, { body: { custom: { code: value } } })).body;
  expect((await set('ab12')).errors).toMatchObject([
    { path: '/custom/code', message: expect.stringContaining('pattern') },
  ]);
  expect((await set('AB1234')).errors).toMatchObject([{ message: 'longer than 5 characters' }]);
  expect((await set('CD34')).custom).toEqual({ code: 'CD34' });
  await call('PATCH', `/fields/${code.id}`, { body: { rules: { pattern: '^X' } } });
  expect((await call('GET', url)).body.custom).toEqual({ code: 'CD34' });
  expect((await set('AB12')).status).toBe(400);
  await call('PATCH', `/fields/${code.id}`, { body: { rules: {}, archived: true } });
});

test('a choice keeps its looks while it is a choice', async () => {
  const { body } = await call('POST', '/fields', {
    body: {
      key: 'tier',
      type: 'choice',
      choices: ['a', 'b'],
      choice_looks: { a: { label: 'Gold', color: 'yellow' }, c: { color: 'red' }, b: {} },
    },
  });
  expect(body.choice_looks).toEqual({ a: { label: 'Gold', color: 'yellow' } });
  const changed = await call('PATCH', `/fields/${body.id}`, { body: { choices: ['b'] } });
  expect(changed.body).toMatchObject({ choices: ['b'], choice_looks: {} });
  await call('DELETE', `/fields/${body.id}`);
});

test('a workspace that forbids it gets no field by being sent one; the value is kept as a conflict', async () => {
  await pool.query(`update workspaces set settings = '{"create_fields": false}' where id = $1`, [
    workspace.id,
  ]);
  await send([identify([['external_id', 'ned']], { 'custom.never_seen': 1 })]);
  const { custom, conflicts } = (await call('GET', `/contacts/${await idOf('ned')}`)).body;
  expect(custom).toEqual({});
  expect(conflicts).toMatchObject([{ field: 'custom.never_seen', value: 1 }]);
  await pool.query(`update workspaces set settings = '{}' where id = $1`, [workspace.id]);
});

test('an archived field hides its values and takes none, until it is brought back', async () => {
  const [, plan] = await customFields();
  const url = `/fields/${String(plan!['id'])}`;
  const contact = `/contacts/${await idOf('ada')}`;
  expect((await call('DELETE', url)).status).toBe(204);
  expect(await customFields()).toMatchObject([{ key: 'goal' }]);
  expect((await customFields('/fields?archived=true')).slice(0, 2)).toMatchObject([
    { key: 'goal', archived_at: null },
    { key: 'plan', archived_at: expect.any(String) },
  ]);
  expect((await call('GET', contact)).body.custom).toEqual({});
  await send([identify(ada, { 'custom.plan': 'free' })]);
  const { body } = await call('GET', contact);
  expect(body.conflicts).toMatchObject([{ field: 'custom.plan', value: 'free' }]);
  await call('PATCH', url, { body: { archived: false } });
  expect((await call('GET', contact)).body.custom).toEqual({ plan: 'family' });
});

test('each change is in the audit and makes the pipeline read its definitions again', async () => {
  const version = async (): Promise<number> => {
    const { rows } = await pool.query<{ config_version: number }>(
      `select config_version from workspaces where id = $1`,
      [workspace.id],
    );
    return rows[0]!.config_version;
  };
  const before = await version();
  const { body } = await call('POST', '/fields', { body: { key: 'shoe_size', type: 'decimal' } });
  await call('PATCH', `/fields/${body.id}`, { body: { label: 'Shoe size' } });
  await call('PATCH', `/fields/${body.id}`, { body: { label: 'Shoe size' } });
  expect(await version()).toBe(before + 2);
  const { rows } = await pool.query(
    `select action, before, after from audit where object_kind = 'field' and object_id = $1 order by id`,
    [body.id],
  );
  expect(rows).toMatchObject([
    { action: 'field.create', after: { key: 'shoe_size', type: 'decimal' } },
    { action: 'field.change', before: { label: 'shoe_size' }, after: { label: 'Shoe size' } },
  ]);
});

test('a workspace has its own fields, however many another has', async () => {
  const other = await addWorkspace('other');
  const as = await addKey({ workspaceId: other.id });
  const [goal] = await customFields();
  const change = { as, body: { label: 'Mine' } };
  expect((await call('PATCH', `/fields/${String(goal!['id'])}`, change)).status).toBe(404);
  const created = await call('POST', '/fields', { as, body: { key: 'goal', type: 'boolean' } });
  expect(created.status).toBe(201);
  expect((await readCustomRules(pool, { workspaceId: workspace.id })).get('goal')?.type).toBe(
    'integer',
  );
});

test('a value without a field is kept with the reason, beyond the most fields too', async () => {
  const { id: workspaceId } = await addWorkspace('many');
  const as = await addKey({ workspaceId });
  const many = Object.fromEntries(Array.from({ length: 1003 }, (_, n) => [`custom.f${n}`, n]));
  const odd = {
    'custom.list': [1, { a: 1 }],
    'custom.': 'nameless',
    [`custom.${'k'.repeat(101)}`]: 'long',
    'custom.nothing': null,
  };
  await send([identify([['external_id', 'max']], { ...many, ...odd })], { workspaceId });
  const { items } = (await call('GET', '/contacts?search=extid:max', { as })).body;
  const { custom, conflicts } = (await call('GET', `/contacts/${items[0].id}`, { as })).body;
  expect(Object.keys(custom)).toHaveLength(1000);
  const reasons = conflicts.map((row: { field: string; reason: string }) => [
    row.field,
    row.reason,
  ]);
  expect(new Map(reasons)).toEqual(
    new Map([
      ['custom.f1000', 'the workspace has its 1000 fields already'],
      ['custom.f1001', 'the workspace has its 1000 fields already'],
      ['custom.f1002', 'the workspace has its 1000 fields already'],
      ['custom.list', 'no type of field holds such a value'],
      ['custom.', 'a field needs a name'],
      [`custom.${'k'.repeat(101)}`, 'the name is longer than 100 characters'],
    ]),
  );
});
