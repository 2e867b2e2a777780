import { row, type Call, type Row } from './row.ts';

const TRACK = 'POST /v1/track';
const good = { userId: 'u1', event: 'Opened' };
const STORED = ['contact u1', 'Opened'];

/** The answer that refuses a call for one place in it. */
function wrong(path: string, message: string | RegExp): object {
  return { success: false, accepted: 0, errors: [{ index: 0, path, message }] };
}

/** An item whose JSON is exactly so long. */
function itemOf(bytes: number): object {
  const item = { ...good, properties: { pad: '' } };
  return { ...good, properties: { pad: 'x'.repeat(bytes - JSON.stringify(item).length) } };
}

const values: [string, unknown][] = [
  ['true', true],
  ['an array', ['u1']],
  ['an object', { id: 'u1' }],
];

export const trackingItemRows: Row[] = [
  ...values.flatMap(([name, value]) => [
    row(
      `a user ID that is ${name}`,
      TRACK,
      { ...good, userId: value },
      400,
      wrong('userId', 'must be a string'),
    ),
    row(
      `an anonymous ID that is ${name}`,
      TRACK,
      { event: 'E', anonymousId: value },
      400,
      wrong('anonymousId', 'must be a string'),
    ),
    row(
      `a message ID that is ${name}`,
      TRACK,
      { ...good, messageId: value },
      400,
      wrong('messageId', 'must be a string'),
    ),
    row(
      `a timestamp that is ${name}`,
      TRACK,
      { ...good, timestamp: value },
      400,
      wrong('timestamp', 'must be an ISO 8601 text'),
    ),
    row(
      `an event that is ${name}`,
      TRACK,
      { ...good, event: value },
      400,
      wrong('event', 'is required and must be a text'),
    ),
    row(
      `a group ID that is ${name}`,
      'POST /v1/group',
      { userId: 'u1', groupId: value },
      400,
      wrong('groupId', 'must be a string'),
    ),
    row(
      `a previous ID that is ${name}`,
      'POST /v1/alias',
      { userId: 'u1', previousId: value },
      400,
      wrong('previousId', 'must be a string'),
    ),
  ]),
  row(
    'a user ID that is a number',
    TRACK,
    { ...good, userId: 42 },
    200,
    { success: true },
    { stored: ['contact 42', 'Opened'] },
  ),
  row(
    'a user ID of 0',
    TRACK,
    { ...good, userId: 0 },
    400,
    wrong('userId', 'identifies nobody: "0"'),
  ),
  row(
    'a user ID of -0',
    TRACK,
    '{"userId":-0,"event":"Opened"}',
    400,
    wrong('userId', 'identifies nobody: "0"'),
  ),
  row(
    'a user ID of 1e400 is the text that it was',
    TRACK,
    '{"userId":1e400,"event":"Opened"}',
    200,
    { success: true },
    { stored: ['contact 1e400', 'Opened'] },
  ),
  row(
    'a user ID beyond 2^53 keeps all its digits',
    TRACK,
    '{"userId":9007199254740993,"event":"Opened"}',
    200,
    { success: true },
    { stored: ['contact 9007199254740993', 'Opened'] },
  ),
  row(
    'a user ID with decimals',
    TRACK,
    { ...good, userId: 1.5 },
    200,
    { success: true },
    { stored: ['contact 1.5', 'Opened'] },
  ),
  row(
    'an empty user ID',
    TRACK,
    { ...good, userId: '' },
    400,
    wrong('userId', 'or anonymousId is required'),
  ),
  row(
    'a user ID of spaces',
    TRACK,
    { ...good, userId: ' \t\n' },
    400,
    wrong('userId', /identifies nobody/),
  ),
  row(
    'a user ID with spaces around it',
    TRACK,
    { ...good, userId: ' u1 ' },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'a user ID of 300 characters',
    TRACK,
    { ...good, userId: 'u'.repeat(300) },
    200,
    { success: true },
    { stored: [/^contact u{300}$/, 'Opened'] },
  ),
  row(
    'a user ID of 301 characters',
    TRACK,
    { ...good, userId: 'u'.repeat(301) },
    400,
    wrong('userId', 'is longer than 300 characters'),
  ),
  row(
    'no user ID at all',
    TRACK,
    { event: 'Opened' },
    400,
    wrong('userId', 'or anonymousId is required'),
  ),
  row(
    'a user ID of null and an anonymous one',
    TRACK,
    { userId: null, anonymousId: 'a1', event: 'Opened' },
    200,
    { success: true },
    { stored: ['contact without ID', 'Opened'] },
  ),
  row(
    'a message ID of 100 characters',
    TRACK,
    { ...good, messageId: 'm'.repeat(100) },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'a message ID of 101 characters',
    TRACK,
    { ...good, messageId: 'm'.repeat(101) },
    400,
    wrong('messageId', 'is longer than 100 characters'),
  ),
  row('no event', TRACK, { userId: 'u1' }, 400, wrong('event', 'is required and must be a text')),
  row(
    'an event of spaces',
    TRACK,
    { userId: 'u1', event: '  ' },
    400,
    wrong('event', 'is required and must be a text'),
  ),
  row(
    'an event that is a number',
    TRACK,
    { userId: 'u1', event: 7 },
    400,
    wrong('event', 'is required and must be a text'),
  ),
  row(
    'an event of 100 characters',
    TRACK,
    { userId: 'u1', event: 'e'.repeat(100) },
    200,
    { success: true },
    { stored: ['contact u1', 'e'.repeat(100)] },
  ),
  row(
    'an event of 101 characters',
    TRACK,
    { userId: 'u1', event: 'e'.repeat(101) },
    400,
    wrong('event', 'is longer than 100 characters'),
  ),
  ...['ContactCreated', 'MessageOpened', 'SubscriptionConfirmed'].map((event) =>
    row(
      `an event that only Perennial records: ${event}`,
      TRACK,
      { userId: 'u1', event },
      400,
      wrong('event', `"${event}" is recorded by Perennial itself; give the event another name`),
    ),
  ),
  row(
    'properties that are a text',
    TRACK,
    { ...good, properties: 'a=1' },
    400,
    wrong('properties', 'must be an object'),
  ),
  row(
    'properties that are an array',
    TRACK,
    { ...good, properties: [{ a: 1 }] },
    400,
    wrong('properties', 'must be an object'),
  ),
  row(
    'properties of false',
    TRACK,
    { ...good, properties: false },
    400,
    wrong('properties', 'must be an object'),
  ),
  row(
    'properties of null',
    TRACK,
    { ...good, properties: null },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'traits that are an array',
    'POST /v1/identify',
    { userId: 'u1', traits: [] },
    400,
    wrong('traits', 'must be an object'),
  ),
  row(
    'traits that are a text',
    'POST /v1/identify',
    { userId: 'u1', traits: 'email' },
    400,
    wrong('traits', 'must be an object'),
  ),
  row(
    'traits of a group that are a number',
    'POST /v1/group',
    { userId: 'u1', groupId: 'g', traits: 1 },
    400,
    wrong('traits', 'must be an object'),
  ),
  row(
    'a name of a page that is no text',
    'POST /v1/page',
    { userId: 'u1', name: { a: 1 }, category: 7 },
    200,
    { success: true },
    { stored: ['contact u1', 'PageView'] },
  ),
  row(
    'a context that is an array',
    TRACK,
    { ...good, context: [1] },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'parts of the context that are what they are not',
    TRACK,
    {
      ...good,
      context: {
        device: 'phone',
        os: 7,
        app: [],
        userAgent: {},
        timezone: 1,
        locale: true,
        ip: null,
      },
    },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'a time zone and a language that are none',
    TRACK,
    { ...good, context: { timezone: 'Mars/Olympus', locale: '<script>' } },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'an item of exactly 32 KB',
    TRACK,
    itemOf(32 * 1024),
    200,
    { success: true },
    { stored: ['contact u1', /^Opened \{"pad":"x/] },
  ),
  row(
    'an item of 32 KB and one byte',
    TRACK,
    itemOf(32 * 1024 + 1),
    400,
    wrong('', `is larger than 32 KB (${32 * 1024 + 1} bytes)`),
  ),
  row(
    'an item that is too large by its bytes, not by its characters',
    TRACK,
    { ...good, properties: { a: '\u20ac'.repeat(11_000) } },
    400,
    wrong('', /is larger than 32 KB/),
  ),
  row(
    'items of a batch that are too large beside one that is not',
    'POST /v1/batch',
    {
      batch: [
        { type: 'track', ...itemOf(33 * 1024) },
        { type: 'track', ...good },
      ],
    },
    200,
    { success: false, accepted: 1, errors: [{ index: 0, path: '' }] },
    { stored: STORED },
  ),
  row(
    'no type in a batch',
    'POST /v1/batch',
    { batch: [good] },
    400,
    wrong('type', /must be one of/),
  ),
  row(
    'a type in capitals',
    'POST /v1/batch',
    { batch: [{ type: 'TRACK', ...good }] },
    400,
    wrong('type', /must be one of/),
  ),
  row(
    'a type named like a method of objects',
    'POST /v1/batch',
    {
      batch: [
        { type: 'constructor', ...good },
        { type: '__proto__', ...good },
      ],
    },
    400,
    { accepted: 0, errors: [{ path: 'type' }, { path: 'type' }] },
  ),
  row(
    'a type that is an array',
    'POST /v1/batch',
    { batch: [{ type: ['track'], ...good }] },
    400,
    wrong('type', /must be one of/),
  ),

  ...(
    [
      ['no date', 'yesterday', 'is not a date and time (ISO 8601)'],
      ['an empty text', '', 'is not a date and time (ISO 8601)'],
      ['digits', '1772445600', 'is not a date and time (ISO 8601)'],
      ['30 February', '2026-02-30T10:00:00Z', 'is not a date and time (ISO 8601)'],
      ['a month 13', '2026-13-01T10:00:00Z', 'is not a date and time (ISO 8601)'],
      ['a leap second', '2016-12-31T23:59:60Z', 'is not a date and time (ISO 8601)'],
      ['hour 25', '2026-03-01T25:00:00Z', 'is not a date and time (ISO 8601)'],
      [
        'the name of a zone',
        '2026-03-01T10:00:00 Europe/Kyiv',
        'is not a date and time (ISO 8601)',
      ],
      ['a week', '2026-W09', 'is not a date and time (ISO 8601)'],
      ['a date of a letter', '1 March 2026', 'is not a date and time (ISO 8601)'],
      ['the year 99999', '+099999-01-01T00:00:00Z', 'is not a date and time (ISO 8601)'],
      ['a year 0', '0000-01-01T00:00:00Z', /lies before the year 2000/],
      ['1970', '1970-01-01T00:00:00Z', 'lies before the year 2000: 1970-01-01T00:00:00.000Z'],
    ] as [string, string, string | RegExp][]
  ).map(([name, timestamp, message]) =>
    row(`a timestamp of ${name}`, TRACK, { ...good, timestamp }, 400, wrong('timestamp', message)),
  ),
  row(
    'a timestamp that is a number',
    TRACK,
    { ...good, timestamp: 1_772_445_600_000 },
    400,
    wrong('timestamp', 'must be an ISO 8601 text'),
  ),
  row(
    'a clock that is ten years ahead, as sentAt tells',
    TRACK,
    { ...good, timestamp: '2036-03-02T10:00:00Z', sentAt: '2036-03-02T10:00:00Z' },
    200,
    { success: true },
    { stored: STORED },
  ),
  row(
    'a sentAt so far ahead that the event would lie before the year 2000',
    TRACK,
    { ...good, timestamp: '2026-03-02T10:00:00Z', sentAt: '9999-01-01T00:00:00Z' },
    400,
    wrong('timestamp', /lies before the year 2000/),
  ),
  row(
    '24 years ago',
    TRACK,
    { ...good, timestamp: '2002-01-01T00:00:00Z' },
    200,
    { success: true },
    { stored: STORED },
  ),

  { name: 'the same message ID twice', calls: [twice(), twice()], stored: STORED },
  {
    name: 'the same message ID twice in a batch',
    calls: [
      {
        send: 'POST /v1/batch',
        body: { batch: [0, 1].map(() => ({ type: 'track', ...good, messageId: 'm1' })) },
        status: 200,
        answer: { success: true },
      },
    ],
    stored: STORED,
  },
  {
    name: 'an Idempotency-Key, which the tracking API does not know',
    calls: [keyed(), keyed()],
    stored: [...STORED, 'Opened'],
  },
];

function twice(): Call {
  return { send: TRACK, body: { ...good, messageId: 'm1' }, status: 200, applied: true };
}

function keyed(): Call {
  return { send: TRACK, body: good, headers: { 'idempotency-key': 'k' }, status: 200 };
}
