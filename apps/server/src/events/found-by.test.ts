import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier, JsonObject } from '../inbox/index.ts';
import { readEvent } from '../protocols/reteno-rest/event-body.ts';
import { readWorkspaceEvents } from './event-definitions.ts';

const { call, pool, clock, workspace, send, identify, track, idOf, logIn } = await testContacts();

/** Sends an event as the REST API takes it, and shows it as the management API does. */
async function tell(event: string, params: JsonObject) {
  const events = await readWorkspaceEvents(pool, { workspaceId: workspace.id });
  const body = { eventTypeKey: event, keyValue: 'k', params };
  await send([readEvent('v3', body, { now: clock.now().getTime(), events })]);
  return newest(event);
}

async function newest(event: string) {
  const [found] = (await call('GET', `/events?type=${event}&limit=1`)).body.items;
  return (await call('GET', `/events/${found.id}`)).body;
}

const ada: Identifier[] = [
  ['external_id', 'ada'],
  ['email', 'ada@example.com'],
];

test('an event of the REST API says which parameter found its contact', async () => {
  await send([identify(ada)]);
  const contact = await idOf('ada');
  expect(await tell('Paid', { Email: '', userEmail: 'Ada@example.com', total: 5 })).toMatchObject({
    contact,
    contact_created: false,
    found_by: { field: 'email', parameter: 'userEmail', rule: false },
    contact_id_added: true,
    params: { ContactId: Number(contact) },
    context: null,
  });
  expect(await tell('Paid', { contact_id: contact, email: 'ada@example.com' })).toMatchObject({
    found_by: { field: 'id', parameter: 'contact_id', rule: false },
    contact_id_added: false,
  });
});

test('what comes first in the order and leads nowhere did not find the contact', async () => {
  const contact = await idOf('ada');
  expect(await tell('Paid', { phone: '+380501234567', email: 'ada@example.com' })).toMatchObject({
    found_by: { field: 'email' },
  });
  expect(await tell('Seen', { contactKey: 'unknown', PHONE: '+380501234567' })).toMatchObject({
    contact,
    found_by: { field: 'phone', parameter: 'PHONE' },
  });
});

test('a contact that comes with the event was created for its first identifier that can', async () => {
  expect(await tell('Paid', { ContactId: 987_654, email: 'new@example.com' })).toMatchObject({
    contact_created: true,
    found_by: { field: 'email', parameter: 'email', rule: false },
    contact_id_added: false,
  });
});

test('an event of nobody was found by nothing', async () => {
  expect(await tell('Aired', { chapter: 7 })).toMatchObject({
    contact: null,
    found_by: null,
    contact_id_added: false,
  });
});

test('a rule that found the contact is named, also when it is gone', async () => {
  await call('POST', '/fields', { body: { key: 'customer_no', type: 'text' } });
  const rules = [
    { parameter: 'customerNo', field: 'custom.customer_no' },
    { parameter: 'client_mail', field: 'email' },
    { parameter: 'key', field: 'contact_key' },
  ];
  const made = [];
  for (const body of rules) made.push((await call('POST', '/event_mappings', { body })).body.id);
  await send([identify(ada, { 'custom.customer_no': 'C-7', contact_key: 'k-7' })]);
  const shown = [
    await tell('Ruled', { CustomerNo: 'C-7' }),
    await tell('Ruled', { client_mail: 'ada@example.com', email: 'other@example.com' }),
    await tell('Ruled', { KEY: 'k-7' }),
  ];
  const expected = [
    { field: 'custom.customer_no', parameter: 'CustomerNo', rule: true },
    { field: 'email', parameter: 'client_mail', rule: true },
    { field: 'contact_key', parameter: 'KEY', rule: true },
  ];
  expect(shown.map((event) => event.found_by)).toEqual(expected);
  expect(shown.map((event) => event.context)).toEqual([null, null, null]);
  for (const id of made) await call('DELETE', `/event_mappings/${id}`);
  expect((await call('GET', `/events/${shown[0].id}`)).body.found_by).toEqual(expected[0]);
});

test('a rule stands in the context beside what came along and what was wrong', async () => {
  await call('POST', '/event_mappings', { body: { parameter: 'mail', field: 'email' } });
  const expected = [{ name: 'total', type: 'number' }];
  await call('POST', '/event_types', { body: { key: 'Odd', expected_params: expected } });
  await send([
    {
      ...track([['email', 'ada@example.com']], 'Odd', { params: { mail: 'ada@example.com' } }),
      kind: 'event',
      source: 'event',
      context: { page: '/pay' },
      ruled: { email: 'mail' },
    } as ReturnType<typeof track>,
  ]);
  expect(await newest('Odd')).toMatchObject({
    found_by: { field: 'email', parameter: 'mail', rule: true },
    errors: [{ path: 'total', message: 'is required' }],
    context: { page: '/pay' },
  });
});

test('identifiers beside the parameters are told without one', async () => {
  await send([
    track([...ada, ['anonymous_id', 'a-1']], 'Came'),
    track(
      [
        ['anonymous_id', 'a-1'],
        ['device_id', 'd-1'],
      ],
      'Came2',
      { params: { email: 'x@example.com' } },
    ),
  ]);
  expect((await newest('Came')).found_by).toEqual({
    field: 'external_id',
    parameter: null,
    rule: false,
  });
  expect((await newest('Came2')).found_by).toMatchObject({
    field: 'anonymous_id',
    parameter: null,
  });
});

test('what the program itself notes was found by nothing, and roles without personal data see no value', async () => {
  const as = await logIn('marketer_without_contact_data');
  await send([track([['external_id', 'fresh']], 'Came')]);
  expect((await newest('ContactCreated')).found_by).toBeNull();
  const { body } = await call('GET', '/events?type=Paid&limit=1', { as });
  expect(body.items[0]).toMatchObject({
    found_by: { field: 'email', parameter: 'email' },
    params: { email: '•••' },
  });
});
