/**
 * Clients repeat what they are not sure of. Everything of a history sent again, in its order,
 * changes nothing: the tracking API knows its items by message ID and time, past events and orders
 * are known by what they say.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTestConfig } from '../../src/config.ts';
import { basic, testDoor, type Place } from './test-door.ts';

const { fuzzRuns, fuzzSeed } = readTestConfig();
const { pool, drain, advance, newPlace, send } = await testDoor();

interface Call {
  url: string;
  body: object;
}

const user = fc.constantFrom('u1', 'u2', 'u3');
const traits = fc.record(
  {
    email: fc.constantFrom('{n}@example.com', 'new{n}@example.com', 'no address', '', null),
    phone: fc.constantFrom('+38050123456{n}', '+38067123456{n}', 'none'),
    firstName: fc.constantFrom('Ada', 'Bob', ''),
    age: fc.constantFrom(36, 37, 'old', null),
    timezone: fc.constantFrom('Europe/Kyiv', 'Mars/Olympus'),
  },
  { requiredKeys: [] },
);
const device = fc.record({
  device: fc.record({
    id: fc.constantFrom('d{n}', 'e{n}'),
    token: fc.constantFrom('t{n}', 's{n}'),
  }),
  timezone: fc.constantFrom('Europe/Kyiv', 'Europe/Warsaw'),
});
/**
 * Each person's own anonymous ID, devices and addresses: an ID that has moved on to another user in between
 * is that user's now, and so is what is sent again with nothing but it.
 */
const who = fc
  .record({ n: fc.constantFrom(1, 2, 3), by: fc.constantFrom('user', 'anonymous', 'both') })
  .map(({ n, by }) => ({
    ...(by !== 'anonymous' && { userId: `u${n}` }),
    ...(by !== 'user' && { anonymousId: `a${n}` }),
  }));
const aliasOf = fc
  .record({ n: fc.constantFrom(1, 2, 3), previous: fc.constantFrom('anonymous', 'older', 'other') })
  .map(({ n, previous }) => ({
    who: { userId: `u${n}` },
    previousId: { anonymous: `a${n}`, older: `old${n}`, other: `u${(n % 3) + 1}` }[previous],
  }));

const tracking = fc.oneof(
  fc.record({ type: fc.constant('identify'), who, traits, context: fc.option(device) }),
  fc.record({
    type: fc.constant('track'),
    who,
    event: fc.constantFrom('Opened', 'Paid'),
    context: fc.option(device),
  }),
  fc.record({ type: fc.constant('page'), who }),
  fc.record({ type: fc.constant('group'), who, groupId: fc.constantFrom('g1', 'g2') }),
  aliasOf.map((one) => ({ type: 'alias', ...one })),
);

const past = fc.record({
  url: fc.constant('/api/v3/past_events'),
  body: fc.record({
    events: fc.array(
      fc.record({
        eventTypeKey: fc.constantFrom('Opened', 'Visited'),
        keyValue: fc.constantFrom('k1', 'k2'),
        occurred: fc.constantFrom('2026-01-01T10:00:00Z', '2026-01-02T10:00:00Z'),
        params: fc.record({ externalCustomerId: user }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
});

const orders = fc.record({
  url: fc.constant('/api/v1/orders'),
  body: fc.record({
    orders: fc.array(
      fc.record({
        // An order has one state here: a history of states sent again would go through them again.
        externalOrderId: fc.constantFrom('o1', 'o2'),
        externalCustomerId: fc.constant('u1'),
        totalCost: fc.constant(10),
        status: fc.constant('DELIVERED'),
        date: fc.constant('2026-03-01T10:00:00'),
        currency: fc.constant('UAH'),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
});

/** Clearing a field that no field is yet leaves no trace; later it does. */
const MAKES_FIELD: Call = {
  url: '/v1/identify',
  body: { userId: 'first', traits: { age: 1 }, timestamp: '2026-02-01T00:00:00Z' },
};

/** As clients send them: each with its message ID, and the time at which it happened. */
const history: fc.Arbitrary<Call[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: tracking.map((one) => ({ tracking: one })) },
      { weight: 1, arbitrary: past.map((one) => ({ rest: one })) },
      { weight: 1, arbitrary: orders.map((one) => ({ rest: one })) },
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((calls) =>
    calls.map((call, n): Call => {
      if ('rest' in call) return call.rest;
      const { who: person, ...rest } = call.tracking;
      const timestamp = new Date(Date.UTC(2026, 2, 1, 10, 0, n)).toISOString();
      const item = JSON.stringify({ ...person, ...rest, timestamp, messageId: `m${n}` });
      const own = item.replaceAll('{n}', /"[ua](\d)"/.exec(item)![1]!);
      return { url: '/v1/batch', body: { batch: [JSON.parse(own)] } };
    }),
  );

test(
  `seed ${fuzzSeed}: a history sent again changes nothing`,
  { timeout: 60_000 + fuzzRuns * 1000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.boolean(), async (calls, atOnce) => {
        const place = await newPlace();
        await sendAll(place, [MAKES_FIELD], true);
        await sendAll(place, calls, atOnce);
        const before = await contentOf(place.id);
        await sendAll(place, calls, !atOnce);
        expect(await contentOf(place.id)).toEqual(before);
      }),
      { numRuns: Math.ceil(fuzzRuns / 5), seed: fuzzSeed },
    );
  },
);

async function sendAll(place: Place, calls: Call[], atOnce: boolean): Promise<void> {
  for (const { url, body } of calls) {
    advance(1000);
    const answer = await send({
      method: 'POST',
      url,
      headers: {
        ...(url.startsWith('/api') ? basic('any', place.restKey) : basic(place.writeKey, '')),
        'content-type': 'application/json',
      },
      payload: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    if (!atOnce) await drain();
  }
  await drain();
}

/** What people see and what decides; without the times of arrival. */
const TABLES: Record<string, string> = {
  contacts: `id, external_id, email, phone, fields, set_at, last_seen_at, deleted_at, merged_into,
             source, event_count, order_count`,
  identifiers: 'kind, value, contact_id, source_contact_id, set_at, weak, source, retired',
  events: `contact_id, id, event_type_id, occurred_at, received_at, source_contact_id, source, key,
           message_id, params, context, flags`,
  devices: '*',
  addresses: '*',
  field_conflicts: 'contact_id, field, value, reason, source, at',
  merges: 'id, keep_id, drop_id, state, reason, why, identifiers',
  orders: 'contact_id, external_order_id, status, total, currency, ordered_at, items, details',
  order_owners: '*',
  fields: '*',
  event_types: 'id, key',
  category_choices: '*',
  memberships: '*',
  runs: '*',
  sends: '*',
};

async function contentOf(workspaceId: number): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const [table, columns] of Object.entries(TABLES)) {
    const { rows } = await pool.query(`select ${columns} from ${table} where workspace_id = $1`, [
      workspaceId,
    ]);
    content[table] = rows.map((row) => JSON.stringify(withoutTraces(row))).toSorted();
  }
  return content;
}

/** When a field was cleared does not survive a merge, and nothing hangs on it. */
function withoutTraces(row: Record<string, unknown>): unknown {
  const { set_at: setAt, fields } = row;
  if (typeof setAt !== 'object' || setAt === null || typeof fields !== 'object') return row;
  const values: Record<string, unknown> = { ...row, ...fields };
  const kept = Object.entries(setAt).filter(([field]) => (values[field] ?? null) !== null);
  return { ...row, set_at: Object.fromEntries(kept) };
}
