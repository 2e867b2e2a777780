import { expect, test } from 'vitest';
import { testContacts } from '../contacts/test-contacts.ts';
import { tokenDevice } from '../contacts/token-devices.ts';
import type { DeviceFacts, Identifier, InboxItem } from '../inbox/index.ts';

const T0 = Date.UTC(2026, 5, 1, 12);
const { pool, send } = await testContacts();

/** A call of a person from a device, so many seconds after the beginning. */
interface Call {
  who: string;
  at: number;
  phone?: string;
  token?: string;
  /** What else the device says. */
  says?: Partial<DeviceFacts>;
}

function itemOf({ who, at, phone, token, says }: Call): InboxItem {
  const deviceId = phone ?? tokenDevice(token!);
  const ids: Identifier[] = [
    ['external_id', who],
    ...(phone ? [['device_id', phone] as Identifier] : []),
    ...(token ? [['push_token', token] as Identifier] : []),
  ];
  return {
    kind: 'identify',
    ids,
    at: T0 + at * 1000,
    source: 'sdk',
    fields: {},
    device: { deviceId, ...(token && { pushToken: token }), ...says },
  };
}

/** Devices as "who: device token", and the addresses to push to as "who < token". */
async function stored(people: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select c.external_id || ': ' || concat_ws(' ', d.device_id, d.push_token, d.app_version) as line
       from devices d join contacts c on c.id = d.contact_id
      where c.external_id = any($1)
      union all
     select c.external_id || ' < ' || a.address
       from addresses a join contacts c on c.id = a.contact_id
      where c.external_id = any($1) and a.channel = 'mobile_push'
      order by 1`,
    [people],
  );
  return rows.map(({ line }) => line);
}

const ada = { who: 'ada', phone: 'phone', token: 't1' };
const bob = { who: 'bob', phone: 'phone', token: 't1' };
const withBob = ['bob < t1', 'bob: phone t1'];

/** Requests, one after the other. What came late or again must change nothing. */
const cases: [name: string, requests: Call[][], expected: string[]][] = [
  [
    'a device and its token go to whoever uses them later',
    [[{ ...ada, at: 0 }], [{ ...bob, at: 1 }]],
    withBob,
  ],
  [
    'the same call again, when the device is another’s',
    [[{ ...ada, at: 0 }], [{ ...bob, at: 1 }], [{ ...ada, at: 0 }]],
    withBob,
  ],
  [
    'a call that was under way since before the other used it',
    [[{ ...bob, at: 1 }], [{ ...ada, at: 0 }]],
    withBob,
  ],
  [
    'all in one request',
    [
      [
        { ...ada, at: 0 },
        { ...bob, at: 1 },
        { ...ada, at: 0 },
      ],
    ],
    withBob,
  ],
  [
    'a device that came back within one request is kept with its token',
    [
      [{ ...ada, at: 0 }],
      [
        { ...bob, at: 1 },
        { ...ada, at: 2 },
      ],
    ],
    ['ada < t1', 'ada: phone t1'],
  ],
  [
    'the token of a device that another has by now is not brought back by the first',
    [
      [{ ...ada, at: 0 }],
      [{ who: 'bob', phone: 'tablet', token: 't1', at: 1 }],
      [{ ...ada, at: 0 }],
    ],
    ['ada: phone', 'bob < t1', 'bob: tablet t1'],
  ],
  [
    'a late token of a device that another has is nobody’s way to it',
    [[{ ...ada, at: 0 }], [{ ...bob, at: 1 }], [{ ...ada, token: 't0', at: 0 }]],
    ['bob < t1', 'bob: phone t1'],
  ],
  [
    'a token that came alone is that of the device that brings it',
    [[{ who: 'ada', token: 't1', at: 0 }], [{ ...ada, at: 1 }]],
    ['ada < t1', 'ada: phone t1'],
  ],
  [
    'a token alone after its device makes no second one',
    [[{ ...ada, at: 0 }], [{ who: 'ada', token: 't1', at: 1 }]],
    ['ada < t1', 'ada: phone t1'],
  ],
  [
    'a token alone and its device in one request',
    [
      [
        { who: 'ada', token: 't1', at: 0 },
        { ...ada, at: 1 },
        { who: 'ada', token: 't1', at: 2 },
      ],
    ],
    ['ada < t1', 'ada: phone t1'],
  ],
  [
    'a token alone, late, that another has by now',
    [
      [{ who: 'ada', token: 't1', at: 0 }],
      [{ who: 'bob', token: 't1', at: 1 }],
      [{ who: 'ada', token: 't1', at: 0 }],
    ],
    ['bob < t1', 'bob: token:t1 t1'],
  ],
  [
    'an older sighting fills what is missing and turns nothing back',
    [
      [{ ...ada, at: 1, says: { appVersion: '2.0' } }],
      [{ ...ada, at: 0, says: { appVersion: '1.0' } }],
    ],
    ['ada < t1', 'ada: phone t1 2.0'],
  ],
];

test.each(cases)('%s', async (name, requests, expected) => {
  // Each case among its own people and things.
  const own = (text: string): string => `${text}@${cases.findIndex(([each]) => each === name)}`;
  const named = requests.map((calls) =>
    calls.map(({ who, phone, token, ...call }) => ({
      ...call,
      who: own(who),
      ...(phone && { phone: own(phone) }),
      ...(token && { token: own(token) }),
    })),
  );
  for (const calls of named) await send(calls.map(itemOf));
  const found = await stored([own('ada'), own('bob')]);
  expect(found.map((line) => line.replaceAll(/@\d+/g, ''))).toEqual(expected);
});
