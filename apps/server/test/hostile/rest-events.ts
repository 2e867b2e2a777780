import { row, type Row } from './row.ts';
import { line } from './stored.ts';

const V1 = 'POST /api/v1/event';
const V2 = 'POST /api/v2/event';
const V3 = 'POST /api/v3/event';
const PAST = 'POST /api/v3/past_events';

const params = { externalCustomerId: 'u1' };
const event = { eventTypeKey: 'Opened', params };
const STORED = ['contact u1', 'Opened {"externalCustomerId":"u1"}'];
const NOBODY =
  'The event should have keyValue, or one of the params contactId, externalCustomerId, email, phone, pushToken.';

function past(more: object = {}): object {
  return { ...event, keyValue: 'k', occurred: '2026-01-01T10:00:00Z', ...more };
}

function told(status: string): object {
  return { successCount: status === 'ACCEPTED' ? 1 : 0, results: [{ status }] };
}

const wrongKeys: [string, unknown, string][] = [
  ['missing', undefined, 'eventTypeKey is required.'],
  ['null', null, 'eventTypeKey is required.'],
  ['a number', 7, 'eventTypeKey is required.'],
  ['an object', {}, 'eventTypeKey is required.'],
  ['empty', '', 'eventTypeKey is required.'],
  ['too long', 'e'.repeat(101), 'eventTypeKey is longer than 100 characters.'],
  ['HTML', '<script>', 'eventTypeKey must not contain <'],
  ['SQL', "x'; drop table events", "eventTypeKey must not contain '"],
  [
    'of the program',
    'MessageSent',
    'eventTypeKey: "MessageSent" is recorded by Perennial itself; give the event another name.',
  ],
];

export const restEventRows: Row[] = [
  ...wrongKeys.map(([name, eventTypeKey, message]) =>
    row(`an eventTypeKey that is ${name}`, V3, { ...event, eventTypeKey }, 400, message),
  ),
  row(
    'an eventTypeKey of 100 characters',
    V3,
    { ...event, eventTypeKey: 'e'.repeat(100) },
    200,
    '',
    { stored: ['contact u1', line('e'.repeat(100), params)] },
  ),
  row(
    'an eventTypeKey of spaces',
    V3,
    { ...event, eventTypeKey: '   ' },
    400,
    'eventTypeKey is required.',
  ),
  row(
    'a keyValue that is an object',
    V3,
    { ...event, keyValue: {} },
    400,
    'keyValue must be a string.',
  ),
  row(
    'a keyValue of 301 characters',
    V3,
    { ...event, keyValue: 'k'.repeat(301) },
    400,
    'keyValue is longer than 300 characters.',
  ),
  row('a keyValue that is a number', V3, { ...event, keyValue: 7 }, 200, '', {
    stored: ['contact u1', `${STORED[1]} key 7`],
  }),
  row(
    'a keyValue beyond 2^53',
    V3,
    '{"eventTypeKey":"Opened","keyValue":9007199254740993}',
    200,
    '',
    { stored: ['Opened key 9007199254740993 of nobody'] },
  ),
  row('an event of nobody', V3, { eventTypeKey: 'Opened', keyValue: 'k' }, 200, '', {
    stored: ['Opened key k of nobody'],
  }),
  row('nobody and no key', V3, { eventTypeKey: 'Opened' }, 400, NOBODY),
  row('params that are a text', V3, { ...event, params: 'a=1' }, 400, 'params must be an object.'),
  row(
    'params of v3 that are a list',
    V3,
    { ...event, params: [{ name: 'a', value: 1 }] },
    400,
    'params must be an object.',
  ),
  row(
    'a param whose name has 101 characters',
    V3,
    { ...event, params: { ...params, ['n'.repeat(101)]: 1 } },
    400,
    /^The param name n+… is longer than 100 characters\.$/,
  ),
  row(
    'a param without a name',
    V2,
    { ...event, params: [{ value: 1 }] },
    400,
    'params[0] should have a name.',
  ),
  row(
    'a param whose name is a number',
    V2,
    { ...event, params: [{ name: 7, value: 1 }] },
    400,
    'params[0] should have a name.',
  ),
  row(
    'a param without a value',
    V2,
    { ...event, params: [{ name: 'a' }] },
    400,
    'params[0] (a) should have a value.',
  ),
  row(
    'the same param twice',
    V2,
    {
      ...event,
      params: [
        { name: 'a', value: 1 },
        { name: 'a', value: 2 },
      ],
    },
    400,
    'params[1]: the name a is not unique.',
  ),
  row(
    'params that hold null',
    V2,
    { ...event, params: [null] },
    400,
    'params[0] should have a name.',
  ),
  row(
    'params of v2 that are a text',
    V2,
    { ...event, params: 'a' },
    400,
    'params[0] should have a name.',
  ),
  row(
    'a param named __proto__',
    V2,
    '{"eventTypeKey":"Opened","params":[{"name":"__proto__","value":{"a":1}},{"name":"externalCustomerId","value":"u1"}]}',
    200,
    '',
    { stored: ['contact u1', /^Opened \{.*"externalCustomerId":"u1"\}$/] },
  ),
  row(
    'nested JSON as text, of v1',
    V1,
    {
      ...event,
      params: [
        { name: 'externalCustomerId', value: 'u1' },
        { name: 'a', value: '{"b":[1]}' },
      ],
    },
    200,
    '',
    { stored: ['contact u1', 'Opened {"a":{"b":[1]},"externalCustomerId":"u1"}'] },
  ),
  row(
    'nested JSON as text that is none, of v1',
    V1,
    {
      ...event,
      params: [
        { name: 'externalCustomerId', value: 'u1' },
        { name: 'a', value: '{"b":' },
      ],
    },
    200,
    '',
    { stored: ['contact u1', 'Opened {"a":"{\\"b\\":","externalCustomerId":"u1"}'] },
  ),
  row(
    'nested JSON as text, far too deep, of v1',
    V1,
    {
      ...event,
      params: [
        { name: 'externalCustomerId', value: 'u1' },
        { name: 'a', value: '['.repeat(500) },
      ],
    },
    200,
    '',
    { stored: ['contact u1', /^Opened \{"a":"\[{500}"/] },
  ),
  row(
    'an unknown contactId alone',
    V3,
    { eventTypeKey: 'Opened', params: { contactId: '999999999' } },
    200,
    '',
    { stored: ['Opened {"contactId":"999999999"} of nobody'] },
  ),
  row(
    "a contactId of another workspace's contact",
    V3,
    { eventTypeKey: 'Opened', params: { contactId: '{other}' } },
    200,
    '',
    { stored: [/^Opened \{"contactId":"\d+"\} of nobody$/] },
  ),
  row(
    'a contactId that is SQL',
    V3,
    { eventTypeKey: 'Opened', params: { contactId: '1 or 1=1' } },
    400,
    NOBODY,
  ),
  row(
    'a contactId beyond all numbers',
    V3,
    { eventTypeKey: 'Opened', keyValue: 'k', params: { contactId: '99999999999999999999' } },
    200,
    '',
    { stored: ['Opened {"contactId":"99999999999999999999"} key k of nobody'] },
  ),
  row(
    'an externalCustomerId that identifies nobody',
    V3,
    { eventTypeKey: 'Opened', params: { externalCustomerId: 'null' } },
    400,
    NOBODY,
  ),
  row(
    'an externalCustomerId of 301 characters',
    V3,
    { eventTypeKey: 'Opened', params: { externalCustomerId: 'u'.repeat(301) } },
    400,
    'The param externalCustomerId is longer than 300 characters.',
  ),
  row(
    'an externalCustomerId that is an object',
    V3,
    { eventTypeKey: 'Opened', params: { externalCustomerId: { a: 1 } } },
    400,
    NOBODY,
  ),
  row(
    'an e-mail of an event that is none',
    V3,
    { eventTypeKey: 'Opened', params: { email: 'nobody' } },
    400,
    NOBODY,
  ),
  row(
    'a phone of an event that is none',
    V3,
    { eventTypeKey: 'Opened', params: { phone: '12' } },
    400,
    NOBODY,
  ),
  row(
    'names of params in other capitals',
    V3,
    { eventTypeKey: 'Opened', params: { EXTERNALCUSTOMERID: 'u1' } },
    200,
    '',
    { stored: ['contact u1', 'Opened {"EXTERNALCUSTOMERID":"u1"}'] },
  ),
  row(
    'a contactJson that is wrong',
    V3,
    { ...event, params: { ...params, contactJson: '{"channels":[{"type":"fax","value":"1"}]}' } },
    400,
    /^contactJson\.channels\[0\]\.type: /,
  ),
  row(
    'SQL, HTML and Liquid in params',
    V3,
    { ...event, params: { ...params, a: "'; drop table events; --", b: '<script>', c: '{{ x }}' } },
    200,
    '',
    {
      stored: [
        'contact u1',
        line('Opened', { ...params, a: "'; drop table events; --", b: '<script>', c: '{{ x }}' }),
      ],
    },
  ),
  row(
    'a NUL and half a character in params',
    V3,
    '{"eventTypeKey":"Opened","params":{"externalCustomerId":"u1","a":"\\u0000\\ud800"}}',
    200,
    '',
    { stored: ['contact u1', 'Opened {"a":"\ufffd\ufffd","externalCustomerId":"u1"}'] },
  ),
  row(
    'an order by event that is no order',
    V3,
    { eventTypeKey: 'orderCreated', params: { ...params, totalCost: 'many' } },
    200,
    '',
    { stored: ['contact u1', 'orderCreated {"externalCustomerId":"u1","totalCost":"many"}'] },
  ),

  row(
    'past events that are none',
    PAST,
    { events: 7 },
    400,
    'events is required, a list of events.',
  ),
  row('no past events', PAST, { events: [] }, 400, 'events is required, a list of events.'),
  row(
    '501 past events',
    PAST,
    { events: Array.from({ length: 501 }, () => past()) },
    400,
    'events holds more than 500 events.',
  ),
  row(
    '500 past events',
    PAST,
    { events: Array.from({ length: 500 }, (_, n) => past({ keyValue: `k${n}` })) },
    200,
    { successCount: 500, errorCount: 0 },
    {
      stored: [
        'contact u1',
        ...Array.from({ length: 500 }, () => /^Opened \{"externalCustomerId":"u1"\} key k\d+$/),
      ],
    },
  ),
  row(
    'a past event that is no object',
    PAST,
    { events: [past(), null] },
    400,
    'events[1]: The body must be a JSON object.',
  ),
  row(
    'a past event without its key',
    PAST,
    { events: [past({ keyValue: null })] },
    400,
    'events[0]: keyValue is required.',
  ),
  ...(
    [
      ['is missing', undefined, 'OCCURRED_DATE_IS_REQUIRED'],
      ['is empty', '', 'OCCURRED_DATE_IS_REQUIRED'],
      ['is a number', 1_767_261_600_000, 'INCORRECT_OCCURRED_DATE_FORMAT'],
      ['is a word', 'yesterday', 'INCORRECT_OCCURRED_DATE_FORMAT'],
      ['is 30 February', '2026-02-30T10:00:00Z', 'INCORRECT_OCCURRED_DATE_FORMAT'],
      [
        'has the name of a zone',
        '2026-01-01T10:00:00 Europe/Kyiv',
        'INCORRECT_OCCURRED_DATE_FORMAT',
      ],
      ['lies in the year 0', '0000-01-01T10:00:00Z', 'OCCURRED_TIME_TOO_DEPTH'],
      ['lies in 1999', '1999-12-31T23:59:59Z', 'OCCURRED_TIME_TOO_DEPTH'],
      ['lies in the future', '2036-01-01T10:00:00Z', 'OCCURRED_TIME_IN_FUTURE'],
    ] as [string, unknown, string][]
  ).map(([name, occurred, status]) =>
    row(
      `a past event whose time ${name}`,
      PAST,
      { events: [past({ occurred })] },
      200,
      told(status),
    ),
  ),
  {
    name: 'the same past events twice',
    calls: [0, 1].map(() => ({
      send: PAST,
      body: { events: [past()] },
      status: 200,
      answer: told('ACCEPTED'),
      applied: true,
    })),
    stored: ['contact u1', `${STORED[1]} key k`],
  },
  row(
    'deletion of past events where it is not allowed',
    'DELETE /api/v1/past_events',
    { from: '2026-01-01T00:00', to: '2026-02-01T00:00' },
    403,
    'This workspace does not allow the deletion of past events.',
  ),
  row(
    'deletion of past events of no time',
    'DELETE /api/v1/past_events',
    { from: 'a', to: 7 },
    400,
    /^from: .*\nto: /,
  ),
];
