import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../db/test-database.ts';
import type { Pool } from '../db/pool.ts';
import { createInbox, LANES, type EventItem, type InboxItem } from '../inbox/index.ts';
import { testPipeline } from './test-pipeline.ts';

const T0 = Date.UTC(2026, 5, 1, 12);
const { pool } = await testDatabase();
const { drain } = await testPipeline(pool, { clock: () => new Date(T0) });
let workspaces = 0;

/** A workspace of its own for each history, so that histories of one file never meet. */
async function newWorkspace(): Promise<number> {
  workspaces += 1;
  const { rows } = await pool.query<{ id: number }>(
    `insert into workspaces (slug, name, created_at) values ($1, $1, $2) returning id`,
    [`w${workspaces}`, new Date(T0)],
  );
  const id = rows[0]!.id;
  await pool.query(`insert into resolvers (workspace_id, mark) values ($1, $2)`, [
    id,
    new Date(T0),
  ]);
  return id;
}

/** Sends each group of items as one request, then lets a worker finish. */
async function play(
  workspaceId: number,
  requests: InboxItem[][],
  options: { together?: boolean } = {},
): Promise<void> {
  let now = T0 + 3_600_000;
  const clock = (): Date => new Date((now += 1000));
  const inbox = createInbox({ pool, clock });
  if (options.together) {
    await Promise.all(
      requests.map((items) => inbox.append({ workspaceId, lane: LANES.stream, items })),
    );
    await drain({ clock, workers: 2 });
  } else {
    for (const items of requests) {
      await inbox.append({ workspaceId, lane: LANES.stream, items });
      await drain({ clock });
    }
  }
  await inbox.close();
}

interface Card {
  externalId: string | null;
  email: string | null;
  fields: Record<string, unknown>;
  events: string[];
  ids: string[];
}

async function cards(db: Pool, workspaceId: number): Promise<Card[]> {
  const { rows } = await db.query<Card>(
    `select external_id as "externalId", email, fields,
            array(select e.message_id from events e
                   where e.contact_id = c.id and e.message_id is not null order by 1) as events,
            array(select i.kind || ':' || i.value from identifiers i
                   where i.contact_id = c.id and i.kind <> 'contact' and i.value <> '' order by 1) as ids
       from contacts c
      where workspace_id = $1 and merged_into is null`,
    [workspaceId],
  );
  return rows.toSorted((a, b) => (a.ids.join() < b.ids.join() ? -1 : 1));
}

let serial = 0;

function track(person: { user?: string; anon?: string }, name: string, at: number): InboxItem {
  serial += 1;
  return {
    kind: 'event',
    ids: idsOf(person),
    at,
    source: 'sdk',
    event: name,
    params: { n: serial },
    messageId: `m-${serial}`,
    ownTime: true,
    createContact: true,
  };
}

function identify(
  person: { user?: string; anon?: string; email?: string },
  fields: Record<string, string | number | null>,
  at: number,
): InboxItem {
  return {
    kind: 'identify',
    ids: idsOf(person),
    at,
    source: 'identify',
    fields: { ...fields, ...(person.email && { email: person.email }) },
  };
}

function idsOf({
  user,
  anon,
  email,
}: {
  user?: string;
  anon?: string;
  email?: string;
}): InboxItem['ids'] {
  return [
    ...(user ? [['external_id', user] as ['external_id', string]] : []),
    ...(anon ? [['anonymous_id', anon] as ['anonymous_id', string]] : []),
    ...(email ? [['email', email] as ['email', string]] : []),
  ];
}

describe('a person', () => {
  test('who was anonymous becomes known and keeps what she did', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [track({ anon: 'a1' }, 'Opened', T0)],
      [identify({ anon: 'a1', user: 'u1' }, { first_name: 'Ada' }, T0 + 1)],
      [track({ user: 'u1' }, 'Trained', T0 + 2)],
    ]);
    const [card, ...others] = await cards(pool, workspace);
    expect(others).toEqual([]);
    expect(card).toMatchObject({ externalId: 'u1', fields: { first_name: 'Ada' } });
    expect(card!.events).toHaveLength(2);
  });

  test('with two anonymous pasts becomes one when she logs in on both devices', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [track({ anon: 'phone' }, 'Opened', T0)],
      [track({ anon: 'laptop' }, 'Opened', T0 + 1)],
      [identify({ anon: 'phone', user: 'u1' }, { first_name: 'Ada' }, T0 + 2)],
      [identify({ anon: 'laptop', user: 'u1' }, { last_name: 'Byron' }, T0 + 3)],
    ]);
    const found = await cards(pool, workspace);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      fields: { first_name: 'Ada', last_name: 'Byron' },
      ids: ['anonymous_id:laptop', 'anonymous_id:phone', 'external_id:u1'],
    });
    expect(found[0]!.events).toHaveLength(2);
  });

  test('who logs in on a shared device takes it over, and the other keeps her own past', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [identify({ anon: 'tablet', user: 'u1' }, { first_name: 'Ada' }, T0)],
      [track({ anon: 'tablet', user: 'u1' }, 'Trained', T0 + 1)],
      [identify({ anon: 'tablet', user: 'u2' }, { first_name: 'Bob' }, T0 + 2)],
      [track({ anon: 'tablet' }, 'Opened', T0 + 3)],
    ]);
    const found = await cards(pool, workspace);
    expect(found.map((card) => [card.externalId, card.ids, card.events.length])).toEqual([
      ['u2', ['anonymous_id:tablet', 'external_id:u2'], 1],
      ['u1', ['external_id:u1'], 1],
    ]);
  });

  test('keeps her external ID: an alias to another one is refused and kept with the reason', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [identify({ user: 'u1' }, {}, T0), identify({ user: 'u2' }, {}, T0 + 1)],
      [
        {
          kind: 'alias',
          ids: [['external_id', 'u2']],
          previous: ['anonymous_id', 'u1'],
          at: T0 + 2,
          source: 'sdk',
        },
      ],
    ]);
    expect(await cards(pool, workspace)).toHaveLength(2);
    const { rows } = await pool.query(`select reason from dead_events where workspace_id = $1`, [
      workspace,
    ]);
    expect(rows).toEqual([{ reason: 'external_id_conflict' }]);
  });

  test('shares an e-mail with another without becoming one', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [identify({ user: 'u1', email: 'family@example.com' }, {}, T0)],
      [identify({ user: 'u2', email: 'family@example.com' }, {}, T0 + 1)],
    ]);
    expect((await cards(pool, workspace)).map((card) => card.email)).toEqual([
      'family@example.com',
      'family@example.com',
    ]);
  });

  test('known by e-mail alone is found again when her external ID arrives', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [
      [identify({ email: 'ada@example.com' }, { first_name: 'Ada' }, T0)],
      [identify({ user: 'u1', email: 'ada@example.com' }, {}, T0 + 1)],
    ]);
    expect(await cards(pool, workspace)).toMatchObject([
      { externalId: 'u1', fields: { first_name: 'Ada' } },
    ]);
  });
});

describe('a repeated event', () => {
  test('counts once, in the same request and later', async () => {
    const workspace = await newWorkspace();
    const event = track({ user: 'u1' }, 'Trained', T0);
    await play(workspace, [[event, event], [event]]);
    expect((await cards(pool, workspace))[0]!.events).toHaveLength(1);
  });

  test('without a time of its own counts once too', async () => {
    const workspace = await newWorkspace();
    const event = { ...track({ user: 'u1' }, 'Trained', T0), ownTime: false } as InboxItem;
    await play(workspace, [[event], [event]]);
    expect((await cards(pool, workspace))[0]!.events).toHaveLength(1);
  });
});

/** Who has how many events, by external ID, and how many there are in all. */
async function eventsBy(workspace: number): Promise<Record<string, number>> {
  const found = await cards(pool, workspace);
  return Object.fromEntries(found.map((card) => [card.externalId, card.events.length]));
}

describe('an event that is sent again after its anonymous ID went to somebody else', () => {
  const first = (): InboxItem => track({ anon: 'tablet' }, 'Opened', T0 + 1);
  const ada = (at: number): InboxItem => identify({ anon: 'tablet', user: 'ada' }, {}, T0 + at);
  const bob = (at: number): InboxItem => identify({ anon: 'tablet', user: 'bob' }, {}, T0 + at);
  const cleo = (at: number): InboxItem => identify({ anon: 'tablet', user: 'cleo' }, {}, T0 + at);

  const cases: [string, (event: InboxItem) => InboxItem[][], Record<string, number>][] = [
    [
      'stays with whom it was of',
      (event) => [[ada(0)], [event], [bob(2)], [event]],
      { ada: 1, bob: 0 },
    ],
    ['in one request, too', (event) => [[ada(0), event, bob(2), event]], { ada: 1, bob: 0 }],
    [
      'however often it is sent and the ID goes on',
      (event) => [[ada(0)], [event], [bob(2)], [event, event], [cleo(3)], [event]],
      { ada: 1, bob: 0, cleo: 0 },
    ],
    [
      'also when the ID came back',
      (event) => [[ada(0), bob(1)], [event], [ada(3)], [event]],
      { ada: 0, bob: 1 },
    ],
    [
      'also when the next call made another person of it',
      (event) => [[event], [ada(2), bob(3)], [event]],
      { ada: 1, bob: 0 },
    ],
  ];

  describe.each([
    ['one request after the other', {}],
    ['all at once, by two workers', { together: true }],
  ])('%s', (_how, options) => {
    test.each(cases)('%s', async (_name, requests, expected) => {
      const workspace = await newWorkspace();
      await play(workspace, requests(first()), options);
      expect(await eventsBy(workspace)).toEqual(expected);
    });
  });

  test('is found with whomever its contact became', async () => {
    const workspace = await newWorkspace();
    const event = first();
    await play(workspace, [[ada(0), identify({ user: 'dora' }, {}, T0)], [event], [bob(2)]]);
    const ids = await contactIds(workspace);
    await play(workspace, [
      [
        {
          kind: 'join',
          ids: [['contact', String(ids.get('dora'))]],
          other: ids.get('ada')!,
          at: T0 + 3,
          source: 'manual',
          by: 'Ada',
        },
        event,
      ],
      [event],
    ]);
    expect(await eventsBy(workspace)).toEqual({ dora: 1, bob: 0 });
  });

  test('is the present owner’s, if it had never arrived', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [[ada(0)], [bob(2)], [first()]]);
    expect(await eventsBy(workspace)).toEqual({ ada: 0, bob: 1 });
  });

  test('is not taken for another one of the same ID days later', async () => {
    const workspace = await newWorkspace();
    const event = first() as EventItem;
    await play(workspace, [[ada(0)], [event], [bob(2)]]);
    await play(workspace, [[{ ...event, at: T0 + 3 * 86_400_000 }]]);
    expect(await eventsBy(workspace)).toEqual({ ada: 1, bob: 1 });
  });
});

async function contactIds(workspaceId: number): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ external_id: string; id: number }>(
    `select external_id, id from contacts where workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

test('a value that cannot be stored dies alone and says why', async () => {
  const workspace = await newWorkspace();
  const poison = track({ user: 'u2' }, 'Broken', T0 + 1);
  await play(workspace, [
    [
      track({ user: 'u1' }, 'Fine', T0),
      { ...poison, params: { text: '\u0000' } } as InboxItem,
      track({ user: 'u3' }, 'Fine', T0 + 2),
    ],
  ]);
  const found = await cards(pool, workspace);
  expect(found.flatMap((card) => card.events)).toHaveLength(2);
  const { rows } = await pool.query<{ reason: string; stage: string }>(
    `select stage, reason from dead_events where workspace_id = $1`,
    [workspace],
  );
  expect(rows).toEqual([{ stage: 'apply', reason: 'database_22P05' }]);
});

/** Calls of people who share nothing, each with devices of her own, in any order. */
const calls = fc
  .array(
    fc.record({
      person: fc.integer({ min: 1, max: 3 }),
      device: fc.integer({ min: 1, max: 2 }),
      what: fc.constantFrom('track', 'trackKnown', 'login', 'traits', 'email'),
      value: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 4, maxLength: 14 },
  )
  .map((list) =>
    list.map(({ person, device, what, value }, i): InboxItem => {
      const user = `u${person}`;
      const anon = `d${person}-${device}`;
      const at = T0 + i * 1000;
      if (what === 'track') return track({ anon }, 'Opened', at);
      if (what === 'trackKnown') return track({ anon, user }, 'Trained', at);
      if (what === 'login') return identify({ anon, user }, { first_name: `n${value}` }, at);
      if (what === 'traits')
        return identify({ user }, { city: `c${value}`, first_name: `m${value}` }, at);
      return identify({ user, email: `p${person}-${value}@example.com` }, {}, at);
    }),
  )
  // Everybody logs in on each of her devices once, so that all histories end at the same people.
  .map((list) => [
    ...list,
    ...[1, 2, 3].flatMap((person) =>
      [1, 2].map((device) =>
        identify(
          { user: `u${person}`, anon: `d${person}-${device}` },
          {},
          T0 - person * 10 - device,
        ),
      ),
    ),
  ]);

test('whatever the order, the grouping and the number of workers, the same people with the same fields come out, and no event is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      calls,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.integer({ min: 1, max: 6 }),
      async (items, dice, size) => {
        const order = items
          .map((item) => ({ item, key: dice.next().value as number }))
          .toSorted((a, b) => a.key - b.key);
        const shuffled = order.map((entry) => entry.item);
        const groups = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, i) =>
          shuffled.slice(i * size, (i + 1) * size),
        );
        const [one, other] = [await newWorkspace(), await newWorkspace()];
        await play(
          one,
          items.map((item) => [item]),
        );
        await play(other, groups, { together: true });
        expect(await cards(pool, other)).toEqual(await cards(pool, one));
        const sent = items.filter((item) => item.kind === 'event').length;
        expect((await cards(pool, one)).flatMap((card) => card.events)).toHaveLength(sent);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test('shared devices and e-mails in any order never make two contacts of one external ID, nor lose an event, nor count one twice that is sent again', async () => {
  const wild = fc.array(
    fc.record({
      user: fc.option(fc.constantFrom('u1', 'u2', 'u3'), { nil: undefined }),
      anon: fc.option(fc.constantFrom('a1', 'a2'), { nil: undefined }),
      email: fc.option(fc.constantFrom('x@example.com', 'y@example.com'), { nil: undefined }),
      event: fc.boolean(),
      at: fc.integer({ min: 0, max: 50 }),
      // How many calls later it is sent again.
      again: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    }),
    { minLength: 3, maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(
      wild,
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (list, size, together) => {
        const calls = list.filter((call) => call.user ?? call.anon ?? call.email);
        const items = calls.map(({ user, anon, email, event, at }): InboxItem => {
          const person = { ...(user && { user }), ...(anon && { anon }) };
          return event && (user ?? anon)
            ? track(person, 'Opened', T0 + at * 1000)
            : identify({ ...person, ...(email && { email }) }, {}, T0 + at * 1000);
        });
        const sent = items
          .flatMap((item, i) => {
            const { again } = calls[i]!;
            const first = { item, turn: i };
            return again === undefined ? [first] : [first, { item, turn: i + again + 0.5 }];
          })
          .toSorted((a, b) => a.turn - b.turn)
          .map(({ item }) => item);
        const workspace = await newWorkspace();
        const groups = Array.from({ length: Math.ceil(sent.length / size) }, (_, i) =>
          sent.slice(i * size, (i + 1) * size),
        );
        await play(workspace, groups, { together });
        const found = await cards(pool, workspace);
        const owners = found.flatMap((card) => card.ids.filter((id) => !id.startsWith('email:')));
        expect(new Set(owners).size).toBe(owners.length);
        const externals = found.map((card) => card.externalId).filter((id) => id !== null);
        expect(new Set(externals).size).toBe(externals.length);
        for (const card of found) {
          expect(card.ids.filter((id) => id.startsWith('external_id:'))).toEqual(
            card.externalId ? [`external_id:${card.externalId}`] : [],
          );
          expect(card.ids.filter((id) => id.startsWith('email:'))).toEqual(
            card.email ? [`email:${card.email}`] : [],
          );
        }
        expect(found.flatMap((card) => card.events)).toHaveLength(
          items.filter((item) => item.kind === 'event').length,
        );
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('a person with two phones keeps both push tokens until somebody else takes one of them', async () => {
  const workspace = await newWorkspace();
  const onPhone = (user: string, phone: string, at: number): InboxItem => ({
    ...(track({ user }, 'Opened', at) as EventItem),
    ids: [
      ['external_id', user],
      ['device_id', phone],
      ['push_token', `token-${phone}`],
    ],
    device: { deviceId: phone, pushToken: `token-${phone}` },
  });
  await play(workspace, [
    [onPhone('u1', 'p1', T0), onPhone('u1', 'p2', T0 + 1)],
    [onPhone('u2', 'p1', T0 + 2)],
  ]);
  const { rows } = await pool.query(
    `select c.external_id as person, a.address
       from addresses a join contacts c on c.id = a.contact_id
      where a.workspace_id = $1 order by 1, 2`,
    [workspace],
  );
  expect(rows).toEqual([
    { person: 'u1', address: 'token-p2' },
    { person: 'u2', address: 'token-p1' },
  ]);
});

describe('an external ID', () => {
  const replace = (from: string, to: string, at: number): InboxItem => ({
    kind: 'identify',
    ids: [
      ['contact', from],
      ['external_id', to],
    ],
    at,
    source: 'api',
    fields: {},
    mustExist: true,
    replaceExternalId: true,
  });

  async function idOf(workspaceId: number, externalId: string): Promise<string> {
    const { rows } = await pool.query<{ id: number }>(
      `select contact_id as id from identifiers where workspace_id = $1 and kind = 'external_id' and value = $2`,
      [workspaceId, externalId],
    );
    return String(rows[0]?.id);
  }

  test('is replaced on purpose, and the old one still finds the contact', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [[identify({ user: 'u1' }, { first_name: 'Ada' }, T0)]]);
    await play(workspace, [[replace(await idOf(workspace, 'u1'), 'v1', T0 + 1)]]);
    await play(workspace, [
      [track({ user: 'u1' }, 'Opened', T0 + 2), track({ user: 'v1' }, 'Opened', T0 + 3)],
      [identify({ user: 'u1', anon: 'a1' }, { city: 'Ghent' }, T0 + 4)],
    ]);
    const [card, ...others] = await cards(pool, workspace);
    expect(others).toEqual([]);
    expect(card).toMatchObject({
      externalId: 'v1',
      fields: { first_name: 'Ada', city: 'Ghent' },
      ids: ['anonymous_id:a1', 'external_id:u1', 'external_id:v1'],
    });
    expect(card!.events).toHaveLength(2);
  });

  test('is given back, when the former one is asked for again', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [[identify({ user: 'u1' }, {}, T0)]]);
    const id = await idOf(workspace, 'u1');
    await play(workspace, [[replace(id, 'v1', T0 + 1)], [replace(id, 'u1', T0 + 2)]]);
    expect(await cards(pool, workspace)).toMatchObject([{ externalId: 'u1' }]);
    const { rows } = await pool.query(
      `select value from identifiers where workspace_id = $1 and retired`,
      [workspace],
    );
    expect(rows).toEqual([{ value: 'v1' }]);
  });

  test('that another contact has, or had, is refused', async () => {
    const workspace = await newWorkspace();
    await play(workspace, [[identify({ user: 'u1' }, {}, T0), identify({ user: 'u2' }, {}, T0)]]);
    const [one, two] = [await idOf(workspace, 'u1'), await idOf(workspace, 'u2')];
    await play(workspace, [
      [replace(one, 'v1', T0 + 1)],
      [replace(two, 'v1', T0 + 2)],
      [replace(two, 'u1', T0 + 3)],
    ]);
    const found = await cards(pool, workspace);
    expect(new Set(found.map((card) => card.externalId))).toEqual(new Set(['u2', 'v1']));
    const { rows } = await pool.query(`select reason from dead_events where workspace_id = $1`, [
      workspace,
    ]);
    expect(rows).toEqual([{ reason: 'external_id_conflict' }, { reason: 'external_id_conflict' }]);
  });
});
