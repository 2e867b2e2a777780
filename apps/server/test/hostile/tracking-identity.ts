import { row, type Call, type Row } from './row.ts';

const TRACK = 'POST /v1/track';
const OK = { success: true };

function identify(userId: string, more: object = {}): Call {
  return { send: 'POST /v1/identify', body: { userId, ...more }, status: 200, applied: true };
}

function alias(userId: string, previousId: string): Call {
  return { send: 'POST /v1/alias', body: { userId, previousId }, status: 200, applied: true };
}

function wrong(path: string, message: string | RegExp): object {
  return { success: false, accepted: 0, errors: [{ index: 0, path, message }] };
}

const BLOCKED = [
  'null',
  'NULL',
  ' undefined ',
  'anonymous',
  '[object Object]',
  '0',
  '00000000-0000-0000-0000-000000000000',
  'NaN',
  '-1',
  'true',
];

const TOKEN = 'context.userToken';

export const trackingIdentityRows: Row[] = [
  ...BLOCKED.map((value) =>
    row(
      `a user ID that careless clients send for everybody: ${value}`,
      TRACK,
      { userId: value, event: 'E' },
      400,
      wrong('userId', /identifies nobody/),
    ),
  ),
  row(
    'a blocked anonymous ID',
    TRACK,
    { anonymousId: 'null', event: 'E' },
    400,
    wrong('anonymousId', 'identifies nobody: "null"'),
  ),
  row(
    'a blocked user ID beside an anonymous one that is good',
    TRACK,
    { userId: 'null', anonymousId: 'a1', event: 'E' },
    200,
    OK,
    { stored: ['contact without ID', 'E'] },
  ),
  row(
    'a blocked device and token',
    TRACK,
    {
      userId: 'u1',
      event: 'E',
      context: { device: { id: '00000000-0000-0000-0000-000000000000', token: 'null' } },
    },
    200,
    OK,
    { stored: ['contact u1', 'E'] },
  ),
  row('an alias to oneself', 'POST /v1/alias', { userId: 'u1', previousId: 'u1' }, 200, OK, {
    stored: ['contact u1'],
  }),
  row(
    'an alias to a blocked value',
    'POST /v1/alias',
    { userId: 'u1', previousId: 'null' },
    400,
    wrong('previousId', 'identifies nobody: "null"'),
  ),
  row(
    'an alias without the former ID',
    'POST /v1/alias',
    { userId: 'u1' },
    400,
    wrong('previousId', 'is required'),
  ),
  row(
    'an alias without the new ID',
    'POST /v1/alias',
    { anonymousId: 'a1', previousId: 'a2' },
    400,
    wrong('userId', 'is required'),
  ),
  {
    name: 'aliases in a circle: two users stay two',
    calls: [
      identify('u1'),
      identify('u2'),
      alias('u1', 'u2'),
      alias('u2', 'u1'),
      alias('u1', 'u2'),
    ],
    stored: [
      'contact u1',
      'contact u2',
      ...Array.from({ length: 3 }, () => /^dead alias: external_id_conflict: /),
    ],
  },
  {
    name: 'aliases in a circle of anonymous IDs',
    calls: [alias('u1', 'a1'), alias('u1', 'a2'), alias('u2', 'a1'), alias('u1', 'a1')],
    stored: ['contact u1', 'contact u2'],
  },
  {
    name: "another user's anonymous ID moves and joins nobody",
    calls: [
      identify('u1', { anonymousId: 'a1' }),
      identify('u2', { anonymousId: 'a1' }),
      { send: TRACK, body: { anonymousId: 'a1', event: 'E' }, status: 200 },
    ],
    stored: ['contact u1', 'contact u2', 'E'],
  },
  {
    name: 'one anonymous ID for a hundred users',
    calls: [
      {
        send: 'POST /v1/batch',
        body: {
          batch: Array.from({ length: 100 }, (_, n) => ({
            type: 'identify',
            userId: `u${n}`,
            anonymousId: 'kiosk',
          })),
        },
        status: 200,
      },
    ],
    stored: Array.from({ length: 100 }, (_, n) => `contact u${n}`),
  },
  {
    name: 'a hundred anonymous IDs for one user',
    calls: [
      {
        send: 'POST /v1/batch',
        body: {
          batch: Array.from({ length: 100 }, (_, n) => ({
            type: 'identify',
            userId: 'u1',
            anonymousId: `a${n}`,
          })),
        },
        status: 200,
      },
    ],
    stored: ['contact u1'],
  },
  row(
    'no token where one is required, and a user ID',
    TRACK,
    { userId: 'u1', event: 'E' },
    400,
    wrong(TOKEN, /is required/),
    { given: 'verified app' },
  ),
  row(
    'a token signed by another key',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: '{forged}' } },
    400,
    wrong(TOKEN, /was not signed with this key, or was altered/),
    { given: 'verified app' },
  ),
  row(
    'a token that has expired',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: '{expired}' } },
    400,
    wrong(TOKEN, /expired/),
    { given: 'verified app' },
  ),
  row(
    'a token without a signature',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: '{unsigned}' } },
    400,
    wrong(TOKEN, /./),
    { given: 'verified app' },
  ),
  row(
    'a token that says it was signed with a shared secret',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: '{symmetric}' } },
    400,
    wrong(TOKEN, /./),
    { given: 'verified app' },
  ),
  row(
    'a token whose claims were changed',
    TRACK,
    { userId: 'u2', event: 'E', context: { userToken: '{swapped}' } },
    400,
    wrong(TOKEN, /was not signed with this key, or was altered/),
    { given: 'verified app' },
  ),
  row(
    "somebody else's token",
    TRACK,
    { userId: 'u2', event: 'E', context: { userToken: '{good}' } },
    400,
    wrong('userId', 'is not the one that context.userToken speaks for'),
    { given: 'verified app' },
  ),
  row(
    'a token that is no text',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: { a: 1 } } },
    400,
    wrong(TOKEN, 'must be a text'),
    { given: 'verified app' },
  ),
  row(
    'a token of 20,000 characters',
    TRACK,
    { userId: 'u1', event: 'E', context: { userToken: 'x'.repeat(20_000) } },
    400,
    wrong(TOKEN, /./),
    { given: 'verified app' },
  ),
  row(
    'a token in the header that is none',
    TRACK,
    { userId: 'u1', event: 'E' },
    400,
    wrong(TOKEN, /./),
    { given: 'verified app', headers: { 'x-perennial-user-token': 'none' } },
  ),
  row(
    'an e-mail that no token confirms',
    'POST /v1/identify',
    { userId: 'u1', traits: { email: 'victim@example.com' }, context: { userToken: '{good}' } },
    200,
    OK,
    {
      given: 'verified app',
      stored: ['contact u1', 'not taken: email "victim@example.com": no user token confirmed it'],
    },
  ),
  row(
    'a good token among bad ones of a batch',
    'POST /v1/batch',
    {
      batch: ['{forged}', '{good}', '{expired}'].map((userToken) => ({
        type: 'track',
        userId: 'u1',
        event: 'E',
        context: { userToken },
      })),
    },
    200,
    {
      success: false,
      accepted: 1,
      errors: [
        { index: 0, path: TOKEN },
        { index: 2, path: TOKEN },
      ],
    },
    {
      given: 'verified app',
      stored: ['contact u1', 'E'],
    },
  ),
];
