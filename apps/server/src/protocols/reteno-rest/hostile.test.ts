/** Nothing that anybody sends makes the REST API break: every endpoint, with whatever body. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { restEndpoints } from './routes.ts';
import { testRest } from './test-rest.ts';

const { newWorkspace, call, pipeline, pool, addField } = await testRest();
const workspace = await newWorkspace();
const field = await addField(workspace.id, { key: 'goal', type: 'choice', choices: ['run'] });
const { key } = workspace;

const withBody = restEndpoints.filter(({ method }) => method === 'POST' || method === 'PUT');

function pathOf(url: string, values: Record<string, string> = {}): string {
  return url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? '1'));
}

const LONG = 'x'.repeat(5000);

/** Bodies that clients, and people who try, have sent to APIs like this. */
const hostileBodies: [string, unknown][] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"text"'],
  ['a list', '[]'],
  ['a list of lists', '[[[]]]'],
  ['broken JSON', '{"a":'],
  ['two values', '{}{}'],
  ['a comment', '{/* */}'],
  ['NaN', '{"a": NaN}'],
  ['a huge number', '{"contacts": 1e999, "id": 1e999}'],
  ['a negative zero', '{"id": -0}'],
  ['NUL', '{"externalCustomerId": "a\\u0000b", "channels": []}'],
  ['half a character', '{"externalCustomerId": "\\ud800", "firstName": "\\udfff", "channels": []}'],
  ['__proto__', '{"__proto__": {"id": 1}, "constructor": {"prototype": {}}}'],
  ['deep lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['deep objects', `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`],
  ['XML', '<?xml version="1.0"?><contact/>'],
  ['a form', 'firstName=Ada&channels=1'],
  ['SQL', JSON.stringify({ externalCustomerId: "'; drop table contacts; --", channels: [] })],
  [
    'Liquid',
    JSON.stringify({
      externalCustomerId: 'liquid',
      firstName: '{{ contact.email }}',
      channels: [],
    }),
  ],
  [
    'markup',
    JSON.stringify({
      externalCustomerId: 'markup',
      lastName: '<script>alert(1)</script>',
      channels: [],
    }),
  ],
  [
    'members of wrong types',
    JSON.stringify({ contacts: {}, channels: 'email', fields: 7, groups: true, orders: null }),
  ],
  [
    'long texts',
    JSON.stringify({
      externalCustomerId: LONG,
      contactKey: LONG,
      firstName: LONG,
      languageCode: LONG,
      timeZone: LONG,
      channels: [{ type: 'email', value: LONG }],
    }),
  ],
  [
    'many channels',
    JSON.stringify({ channels: Array.from({ length: 101 }, () => ({ type: 'sms', value: '1' })) }),
  ],
  [
    'a contact of nulls',
    JSON.stringify({
      externalCustomerId: null,
      channels: null,
      fields: null,
      groups: null,
      address: null,
    }),
  ],
  [
    'blocked identifiers',
    JSON.stringify({
      externalCustomerId: '0000-0000',
      channels: [{ type: 'mobilepush', value: 'undefined' }],
    }),
  ],
  [
    'an impossible day',
    JSON.stringify({
      orders: [
        {
          externalOrderId: 'd',
          totalCost: 1,
          status: 'DELIVERED',
          date: '2026-02-31',
          currency: 'UAH',
          email: 'a@example.com',
        },
      ],
    }),
  ],
  [
    'an endless amount',
    JSON.stringify({
      orders: [
        {
          externalOrderId: 'a',
          totalCost: 1e300,
          status: 'DELIVERED',
          date: '2026-02-01',
          currency: 'UAH',
          email: 'a@example.com',
        },
      ],
    }),
  ],
  [
    'an order of a thousand items',
    JSON.stringify({
      orders: [
        {
          externalOrderId: 'i',
          totalCost: 1,
          status: 'DELIVERED',
          date: '2026-02-01',
          currency: 'UAH',
          email: 'a@example.com',
          items: Array.from({ length: 1001 }, () => ({ externalItemId: 'x', quantity: 1 })),
        },
      ],
    }),
  ],
  ['an event without a type', JSON.stringify({ params: {} })],
  [
    'an event with a forbidden type',
    JSON.stringify({ eventTypeKey: 'a<b', params: { email: 'a@example.com' } }),
  ],
  ['an event whose parameters are a text', JSON.stringify({ eventTypeKey: 'E', params: 'text' })],
  [
    'IDs that are no numbers',
    JSON.stringify({
      contactIds: ['a', -1, 1.5, 2 ** 60],
      tokens: [{ token: 't', contactId: '1e3' }],
    }),
  ],
  [
    'a token that is an object',
    JSON.stringify({ token: {}, tokens: [{ token: {} }], active: 'yes', status: 1 }),
  ],
  ['emails that are objects', JSON.stringify({ emails: [{}, [], null, 1] })],
  ['subscriptions that are numbers', JSON.stringify({ subscriptions: [1, {}, null] })],
  ['unknown dedupe', JSON.stringify({ contacts: [{}], dedupeOn: '__proto__' })],
  [
    'dedupe by a field that is not there',
    JSON.stringify({
      contacts: [{ fields: [{ id: 1, value: 'x' }] }],
      dedupeOn: 'fieldId',
      fieldId: 99_999_999,
    }),
  ],
];

describe.each(
  withBody.map((endpoint) => [`${endpoint.method} ${endpoint.url}`, endpoint] as const),
)('%s', (_name, { method, url }) => {
  test.each(hostileBodies)('is not broken by %s', async (_what, body) => {
    const answer = await call(`${method} ${pathOf(url)}`, {
      key,
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status, String(answer.body)).toBeLessThan(500);
    if (answer.status >= 400) {
      expect(String(answer.headers['content-type'])).toBe('text/plain; charset=utf-8');
      expect(String(answer.body).length).toBeGreaterThan(10);
      expect(String(answer.body).length).toBeLessThanOrEqual(4000);
    }
  });
});

describe('paths and queries', () => {
  test.each([
    '0',
    '-1',
    '1.5',
    '1e3',
    '9007199254740993',
    '99999999999999999999',
    'null',
    "1'--",
    '%00',
    '%ff',
    '..%2f..%2f',
    '\u{1f600}',
    'x'.repeat(600),
  ])('an ID like %j finds nothing', async (id) => {
    for (const { method, url } of restEndpoints.filter((endpoint) => endpoint.url.includes(':'))) {
      const path = url.replaceAll(
        /:\w+/g,
        id.startsWith('%') || id.includes('%') ? id : encodeURIComponent(id),
      );
      const answer = await call(`${method} ${path}`, {
        key,
        ...(method !== 'GET' && { body: {} }),
      });
      expect([400, 404], `${method} ${path}: ${String(answer.body)}`).toContain(answer.status);
    }
  });

  test.each([
    '?startindex=-1',
    '?startindex=1e9',
    '?maxrows=0',
    '?maxrows=99999999999',
    '?email=%00',
    '?email[]=a',
    '?firstname=%25%5F',
    '?firstname=%F0%9F%98%80',
    `?lastname=${'x'.repeat(1001)}`,
    '?ids=,,,',
    `?ids=${Array.from({ length: 501 }, (_, n) => n + 1).join(',')}`,
    '?erase=perhaps',
    '?name=%00',
    '?%00=1',
  ])('%s is answered', async (query) => {
    for (const { method, url } of restEndpoints.filter(({ method: name }) => name === 'GET')) {
      const answer = await call(`${method} ${pathOf(url)}${query}`, { key });
      expect(answer.status, `${url}: ${String(answer.body)}`).toBeLessThan(500);
    }
  });
});

/** Objects with the members that the API knows, and with anything in them. */
const members = [
  'contacts',
  'channels',
  'type',
  'value',
  'device',
  'fields',
  'id',
  'groups',
  'name',
  'address',
  'externalCustomerId',
  'firstName',
  'lastName',
  'languageCode',
  'timeZone',
  'dedupeOn',
  'contactFields',
  'customFieldsIDs',
  'fieldId',
  'orders',
  'externalOrderId',
  'totalCost',
  'status',
  'date',
  'currency',
  'items',
  'email',
  'phone',
  'eventTypeKey',
  'keyValue',
  'params',
  'tokens',
  'token',
  'contactId',
  'contactIds',
  'subscriptions',
  'emails',
  'contact',
  'active',
  'time',
  'recipients',
  'locator',
  'jsonParam',
  'externalRequestId',
  'htmlText',
  'subject',
  'text',
  'from',
  'phoneNumbers',
] as const;
const leaf = fc.oneof(
  fc.constantFrom(
    'email',
    'sms',
    'mobilepush',
    'a@example.com',
    '+380501234567',
    'DELIVERED',
    '2026-01-01',
    'UAH',
    'fieldId',
    'id',
    field.id,
    '1',
    1,
    0,
    -1,
    1.5,
    true,
    null,
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double(),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...members), tie('tree'), { maxKeys: 6 }),
  ),
}));

test('no body breaks it, and whatever it took is applied', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...withBody), tree, async ({ method, url }, body) => {
      const answer = await call(`${method} ${pathOf(url)}`, {
        key,
        body: JSON.stringify(body) ?? 'null',
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status, `${url}: ${String(answer.body)}`).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
  await pipeline.drain();
  const { rows } = await pool.query<{ n: number }>(
    'select (select count(*) from inbox) + (select count(*) from slot_queue) + (select count(*) from dead_events) as n',
  );
  expect(rows[0]!.n).toBe(0);
});
