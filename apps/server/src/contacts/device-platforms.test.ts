import { beforeAll, expect, test } from 'vitest';
import type { DeviceFacts, Identifier } from '../inbox/index.ts';
import { testContacts } from './test-contacts.ts';

const { call, send, identify, track, idOf, finishJob } = await testContacts();

const ada: Identifier[] = [['external_id', 'ada']];

beforeAll(async () => {
  await send([identify(ada), identify([['external_id', 'bob']])]);
  await send([opened({ deviceId: 'phone', platform: 'ios' })]);
  await send([opened({ deviceId: 'laptop', osType: 'macOS' })]);
  await send([opened({ deviceId: 'tablet', platform: 'iOS' })]);
});

function opened(device: DeviceFacts) {
  return { ...track([...ada, ['device_id', device.deviceId]], 'Opened'), device };
}

async function found(condition: object): Promise<string[]> {
  const filter = { type: 'field', field: 'device_platform', ...condition };
  const { status, body } = await call('POST', '/contacts/search', { body: { filter } });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((contact: { external_id: string }) => contact.external_id);
}

test('a card has the platforms of its devices in one spelling, the last seen first', async () => {
  const card = await call('GET', `/contacts/${await idOf('ada')}`);
  expect(card.body.device_platform).toEqual(['ios', 'macos']);
  const other = await call('GET', `/contacts/${await idOf('bob')}`);
  expect(other.body.device_platform).toEqual([]);
});

test.each([
  [{ op: 'has_any', value: ['ios', 'android'] }, ['ada']],
  [{ op: 'has_any', value: ['android'] }, []],
  [{ op: 'has_all', value: ['ios', 'macos'] }, ['ada']],
  [{ op: 'has_none', value: ['ios'] }, ['bob']],
  [{ op: 'is_set' }, ['ada']],
  [{ op: 'is_empty' }, ['bob']],
])('a filter by platform %j finds %j', async (condition, contacts) => {
  expect(await found(condition)).toEqual(contacts);
});

test('an export has a column of them', async () => {
  const columns = ['external_id', 'device_platform'];
  const { body } = await call('POST', '/exports', { body: { selection: {}, columns } });
  await finishJob(body.id);
  const file = await call('GET', `/exports/${body.id}/file`);
  expect(String(file.body)).toContain('ada,"ios, macos"');
});

test('platform and source are fields that nobody sets', async () => {
  const { body } = await call('GET', '/fields');
  const kept = body.items.filter((field: { read_only: boolean }) => field.read_only);
  expect(kept.map(({ key }: { key: string }) => key)).toEqual(['source', 'device_platform']);
  const change = { body: { device_platform: ['web'] } };
  expect((await call('PATCH', `/contacts/${await idOf('ada')}`, change)).status).toBe(400);
  const set = { selection: {}, action: { kind: 'set_field', field: 'source', value: 'web' } };
  expect((await call('POST', '/contacts/bulk', { body: set })).status).toBe(400);
});

test('how the platforms and sources are spread is told', async () => {
  const stats = async (field: string) => (await call('GET', `/fields/stats?field=${field}`)).body;
  expect(await stats('device_platform')).toMatchObject({
    contacts: 1,
    top: [
      { value: 'ios', contacts: 1 },
      { value: 'macos', contacts: 1 },
    ],
  });
  expect(await stats('source')).toMatchObject({ top: [{ value: 'identify', contacts: 2 }] });
});
