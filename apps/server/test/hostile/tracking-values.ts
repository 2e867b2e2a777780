import { row, type Row } from './row.ts';
import { line } from './stored.ts';

const TRACK = 'POST /v1/track';
const IDENTIFY = 'POST /v1/identify';
const OK = { success: true };

function stored(properties: object): string[] {
  return ['contact u1', line('Opened', properties)];
}

/** Kept as it is: as text, as a number. */
function kept(name: string, properties: object): Row {
  return row(name, TRACK, { userId: 'u1', event: 'Opened', properties }, 200, OK, {
    stored: stored(properties),
  });
}

/** As `text` of JSON, for what no object of JavaScript says. */
function read(name: string, text: string, properties: object): Row {
  return row(name, TRACK, `{"userId":"u1","event":"Opened","properties":${text}}`, 200, OK, {
    stored: stored(properties),
  });
}

/** A trait that is not set, and stands on the card with the reason. */
function notTaken(name: string, trait: string, value: unknown, field: string, reason: string): Row {
  return row(name, IDENTIFY, { userId: 'u1', traits: { [trait]: value } }, 200, OK, {
    stored: ['contact u1', `not taken: ${field} ${JSON.stringify(value)}: ${reason}`],
  });
}

function taken(name: string, traits: object, fields: object): Row {
  return row(name, IDENTIFY, { userId: 'u1', traits }, 200, OK, {
    stored: [line('contact u1', fields)],
  });
}

const FAMILY = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';

export const trackingValueRows: Row[] = [
  kept('SQL in a value', { a: "'; drop table events; --", b: '1 or 1=1', c: '$1' }),
  kept('HTML in a value', { a: '<script>alert(1)</script>', b: '"><img src=x onerror=alert(1)>' }),
  kept('Liquid in a value', {
    a: '{{ contact.email }}',
    b: '{% for x in (1..999999999) %}{% endfor %}',
  }),
  kept('a path and a command in a value', { a: '../../../etc/passwd', b: '$(reboot)', c: '`id`' }),
  kept('operators of other databases in a value', { $where: 'sleep(1000)', a: { $gt: '' } }),
  kept('names with dots, quotes and dollars', { 'a.b': 1, "a'b": 2, 'a"b': 3, $a: 4, '': 5 }),
  kept('text from right to left', { a: '\u202eevil\u202c', b: '\u05e9\u05dc\u05d5\u05dd' }),
  kept('four bytes a character', { a: '\u{1f600}\u{20000}' }),
  kept('a grapheme of a thousand marks', { a: `a${'\u0301'.repeat(1000)}` }),
  kept('families of emoji', { [FAMILY]: FAMILY.repeat(50) }),
  kept('text that is not normalised stays so', { a: 'e\u0301', b: '\u00e9' }),
  kept('breaks, tabs and the last control characters', { a: '\r\n\t\u007f\u0001\u001f' }),
  kept('characters that are none', { a: '\ufffe\uffff\ufeff\ufffd' }),
  kept('names like methods of objects', {
    constructor: 1,
    toString: 2,
    hasOwnProperty: 3,
    prototype: { a: 1 },
  }),
  kept('numbers at the edges', {
    a: Number.MAX_SAFE_INTEGER,
    b: -Number.MAX_SAFE_INTEGER,
    c: 5e-324,
    d: 1e308,
  }),
  kept('texts that look like numbers', { a: 'NaN', b: 'Infinity', c: '1e400', d: '-0', e: '0x10' }),
  kept('empty members', { a: '', b: [], c: {}, d: null }),
  kept('arrays in arrays', { a: [[[[]]], [{}]] }),
  kept(
    'a member of a thousand names',
    Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`n${n}`, n])),
  ),
  read('a NUL becomes a mark', '{"a":"x\\u0000y","\\u0000":1}', { a: 'x\ufffdy', '\ufffd': 1 }),
  read('lone surrogates become marks', '{"a":"\\ud800","b":"\\udc00x","c":"\\ud83d\\ude00"}', {
    a: '\ufffd',
    b: '\ufffdx',
    c: '\u{1f600}',
  }),
  read('__proto__ is left out', '{"__proto__":{"admin":true},"a":{"__proto__":1,"b":2}}', {
    a: { b: 2 },
  }),
  read('__proto__ in escapes is left out', '{"\\u005f_proto__":{"admin":true},"a":1}', { a: 1 }),
  read('1e400 in a value stays the text that it is', '{"a":1e400,"b":[-1e400]}', {
    a: '1e400',
    b: ['-1e400'],
  }),
  read('-0 becomes 0', '{"a":-0,"b":-0.0}', { a: 0, b: 0 }),
  read('an integer beyond 2^53 keeps all its digits, as a text', '{"a":9007199254740993}', {
    a: '9007199254740993',
  }),
  read('decimals as they are', '{"a":0.1,"b":1.0,"c":1E2,"d":0.30000000000000004}', {
    a: 0.1,
    b: 1,
    c: 100,
    d: 0.30000000000000004,
  }),
  read('a member given twice: the last counts', '{"a":1,"a":2}', { a: 2 }),
  row(
    'an event named like a method of objects',
    TRACK,
    { userId: 'u1', event: 'constructor' },
    200,
    OK,
    { stored: ['contact u1', 'constructor'] },
  ),
  row('an event named __proto__', TRACK, '{"userId":"u1","event":"__proto__"}', 200, OK, {
    stored: ['contact u1', '__proto__'],
  }),
  row('an event of marks alone', TRACK, { userId: 'u1', event: '\u200b\u200b' }, 200, OK, {
    stored: ['contact u1', '\u200b\u200b'],
  }),
  row('an event with a NUL', TRACK, '{"userId":"u1","event":"a\\u0000b"}', 200, OK, {
    stored: ['contact u1', 'a\ufffdb'],
  }),
  row('a user ID with a NUL', TRACK, '{"userId":"u\\u00001","event":"E"}', 200, OK, {
    stored: ['contact u\ufffd1', 'E'],
  }),
  row('a user ID that is SQL', TRACK, { userId: "' or ''='", event: 'E' }, 200, OK, {
    stored: [`contact ' or ''='`, 'E'],
  }),

  notTaken('an e-mail that is none', 'email', 'not an address', 'email', 'not an e-mail address'),
  notTaken('an e-mail that is an object', 'email', { a: 1 }, 'email', 'not an e-mail address'),
  notTaken(
    'an e-mail with a header in it',
    'email',
    'a@b.co\r\nBcc: all@b.co',
    'email',
    'not an e-mail address',
  ),
  notTaken(
    'an e-mail with a domain of one part',
    'email',
    'root@localhost',
    'email',
    'not an e-mail address',
  ),
  notTaken(
    'an e-mail of 255 characters',
    'email',
    `${'a'.repeat(60)}@${'b'.repeat(190)}.com`,
    'email',
    'not an e-mail address',
  ),
  notTaken('a phone that is none', 'phone', 'call me', 'phone', 'not a phone number'),
  notTaken('a phone that is an array', 'phone', ['+380501234567'], 'phone', 'not a phone number'),
  notTaken('a phone without its country', 'phone', '0501234567', 'phone', 'not a phone number'),
  notTaken(
    'a birthday on 30 February',
    'birthday',
    '1990-02-30',
    'birthday',
    'not a date (YYYY-MM-DD, year 1 to 9999)',
  ),
  notTaken(
    'a birthday in the year 0',
    'birthday',
    '0000-01-01',
    'birthday',
    'not a date (YYYY-MM-DD, year 1 to 9999)',
  ),
  notTaken(
    'a birthday in the year 99999',
    'birthday',
    '99999-01-01',
    'birthday',
    'not a date (YYYY-MM-DD, year 1 to 9999)',
  ),
  notTaken(
    'a birthday that is a number',
    'birthday',
    19_900_101,
    'birthday',
    'not a date (YYYY-MM-DD, year 1 to 9999)',
  ),
  notTaken(
    'a time zone that is none',
    'timezone',
    'Mars/Olympus',
    'time_zone',
    'not a known time zone (IANA)',
  ),
  notTaken(
    'a language that is none',
    'language',
    '<script>',
    'language',
    'not a language (BCP 47)',
  ),
  notTaken(
    'a first name that is an object',
    'firstName',
    { given: 'Ada' },
    'first_name',
    'not a text',
  ),
  notTaken(
    'a first name of 1,001 characters',
    'firstName',
    'n'.repeat(1001),
    'first_name',
    'longer than 1000 characters',
  ),
  notTaken('a trait without a name', '', 'x', 'custom.', 'a field needs a name'),
  notTaken(
    'a trait whose name has 101 characters',
    't'.repeat(101),
    'x',
    `custom.${'t'.repeat(101)}`,
    'the name is longer than 100 characters',
  ),
  taken(
    'a trait whose name has 100 characters',
    { ['t'.repeat(100)]: 'x' },
    { [`custom.${'t'.repeat(100)}`]: 'x' },
  ),
  taken(
    'a first name that is SQL',
    { firstName: "Robert'); drop table contacts; --" },
    { first_name: "Robert'); drop table contacts; --" },
  ),
  taken(
    'a first name that is HTML and Liquid',
    { firstName: '<b>{{ 7 | times: 7 }}</b>' },
    { first_name: '<b>{{ 7 | times: 7 }}</b>' },
  ),
  taken('an e-mail in capitals', { email: 'ADA@Example.COM' }, { email: 'ada@example.com' }),
  taken(
    'empty traits clear nothing that is not there',
    { email: '', phone: null, firstName: '', a: null, b: [] },
    {},
  ),
  taken(
    'traits named like methods of objects',
    { constructor: 'a', toString: 'b', valueOf: 1 },
    { 'custom.constructor': 'a', 'custom.toString': 'b', 'custom.valueOf': 1 },
  ),
  taken(
    'traits named like the fields of the program',
    { id: 'x', external_id: 'y', workspace_id: 1, deleted_at: 'z', source: 's' },
    {
      'custom.id': 'x',
      'custom.external_id': 'y',
      'custom.workspace_id': 1,
      'custom.deleted_at': 'z',
      'custom.source': 's',
    },
  ),
  {
    name: 'a trait of another type than the first one',
    calls: [
      { send: IDENTIFY, body: { userId: 'u1', traits: { age: 36 } }, status: 200, applied: true },
      { send: IDENTIFY, body: { userId: 'u1', traits: { age: 'old' } }, status: 200 },
    ],
    stored: ['contact u1 {"custom.age":36}', 'not taken: custom.age "old": not a number'],
  },
  {
    name: 'a trait of another type, where such are refused',
    given: 'strict values',
    calls: [
      { send: IDENTIFY, body: { userId: 'u1', traits: { age: 36 } }, status: 200, applied: true },
      {
        send: IDENTIFY,
        body: { userId: 'u1', traits: { age: 'old', goal: 'run' } },
        status: 200,
        answer: {
          success: false,
          accepted: 1,
          errors: [{ index: 0, path: 'traits.age', message: 'not set: not a number' }],
        },
      },
    ],
    stored: ['contact u1 {"custom.age":36,"custom.goal":"run"}'],
  },
  row(
    'a new trait, where clients make no fields',
    IDENTIFY,
    { userId: 'u1', traits: { goal: 'run', firstName: 'Ada' } },
    200,
    OK,
    {
      given: 'no new fields',
      stored: ['contact u1 {"first_name":"Ada"}', 'not taken: custom.goal "run": unknown field'],
    },
  ),
  row(
    '10,000 new traits in a batch: a thousand fields are made, the others are told',
    'POST /v1/batch',
    {
      batch: Array.from({ length: 10 }, (_, call) => ({
        type: 'identify',
        userId: 'u1',
        traits: Object.fromEntries(Array.from({ length: 1000 }, (__, n) => [`t${call}_${n}`, 1])),
      })),
    },
    200,
    OK,
    {
      stored: [
        /^contact u1 \{("custom.t0_\d+":1,?){1000}\}$/,
        ...Array.from(
          { length: 9000 },
          () => /^not taken: custom\.t\d_\d+ 1: the workspace has its 1000 fields already$/,
        ),
      ],
    },
  ),
];
