import { expect, test } from 'vitest';
import { testContacts } from './test-contacts.ts';

const { call, pool, addWorkspace, addKey } = await testContacts();

async function addField(key: string, group?: string): Promise<string> {
  const { body } = await call('POST', '/fields', { body: { key, type: 'text', group } });
  return body.id;
}

interface Placed {
  key: string;
  group: string | null;
}

/** "Group: key key" of each group in order. */
async function order(): Promise<string[]> {
  const { items } = (await call('GET', '/fields')).body;
  const custom = items.filter((field: { system: boolean }) => !field.system);
  const groups = Map.groupBy(custom as Placed[], ({ group }) => group ?? '-');
  return [...groups].map(
    ([group, fields]) => `${group}: ${fields.map(({ key }) => key).join(' ')}`,
  );
}

async function groups(): Promise<{ id: string; name: string; fields: number }[]> {
  return (await call('GET', '/fields/groups')).body.items;
}

test('groups stand in their order, their fields in theirs, the rest comes last', async () => {
  await addField('free');
  const b = await addField('b', 'Second');
  const a = await addField('a', 'First');
  const c = await addField('c', 'Second');
  expect(await order()).toEqual(['Second: b c', 'First: a', '-: free']);
  const moved = await call('POST', '/fields/order', {
    body: {
      groups: [
        { name: 'First', fields: [c, a] },
        { name: 'Second', fields: [b] },
      ],
    },
  });
  expect(moved.status).toBe(204);
  expect(await order()).toEqual(['First: c a', 'Second: b', '-: free']);
});

test('renaming a group takes its fields along; deleting it leaves them', async () => {
  const [first] = await groups();
  await call('PATCH', `/fields/groups/${first!.id}`, { body: { name: 'Renamed' } });
  expect(await order()).toEqual(['Renamed: c a', 'Second: b', '-: free']);
  const taken = await call('PATCH', `/fields/groups/${first!.id}`, { body: { name: 'Second' } });
  expect(taken.status).toBe(409);
  await call('DELETE', `/fields/groups/${first!.id}`);
  expect(await order()).toEqual(['Second: b', '-: free c a']);
});

test('an empty group stays; each change is audited', async () => {
  await call('POST', '/fields/groups', { body: { name: 'Empty' } });
  expect((await call('POST', '/fields/groups', { body: { name: 'Empty' } })).status).toBe(409);
  expect(await groups()).toMatchObject([
    { name: 'Second', fields: 1 },
    { name: 'Empty', fields: 0 },
  ]);
  const { rows } = await pool.query(
    `select distinct action from audit where action ~ '^field_group|^field.order' order by 1`,
  );
  expect(rows.map((row) => row.action)).toEqual([
    'field.order',
    'field_group.change',
    'field_group.create',
    'field_group.delete',
  ]);
});

test('another workspace arranges nothing here', async () => {
  const as = await addKey({ workspaceId: (await addWorkspace('other')).id });
  const before = await order();
  const { items } = (await call('GET', '/fields')).body;
  const own = items.find((field: { key: string }) => field.key === 'b').id;
  const body = { groups: [{ name: 'Taken', fields: [own] }] };
  expect((await call('POST', '/fields/order', { as, body })).status).toBe(404);
  const [second] = await groups();
  const rename = { as, body: { name: 'Mine' } };
  expect((await call('PATCH', `/fields/groups/${second!.id}`, rename)).status).toBe(404);
  expect(await order()).toEqual(before);
});
