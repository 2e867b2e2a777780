import { describe, expect, test } from 'vitest';
import type { Call, Row } from './row.ts';
import { restBodyRows } from './rest-bodies.ts';
import { restContactRows } from './rest-contacts.ts';
import { restEventRows } from './rest-events.ts';
import { restOtherRows } from './rest-others.ts';
import { storedIn } from './stored.ts';
import { basic, testDoor, type Place, type Sent } from './test-door.ts';
import { trackingIdentityRows } from './tracking-identity.ts';
import { trackingItemRows } from './tracking-items.ts';
import { trackingRequestRows } from './tracking-requests.ts';
import { trackingValueRows } from './tracking-values.ts';
import { prepare } from './test-given.ts';

const door = await testDoor();
const { pool, drain, advance, newPlace, send } = door;
const other = await newPlace();
const otherContact = await contactOf(other);

const tables: Record<string, Row[]> = {
  'requests of the tracking API': trackingRequestRows,
  'items of the tracking API': trackingItemRows,
  'values of the tracking API': trackingValueRows,
  'identity by the tracking API': trackingIdentityRows,
  'requests of the REST API': restBodyRows,
  'events of the REST API': restEventRows,
  'contacts of the REST API': restContactRows,
  'other calls of the REST API': restOtherRows,
};

test('there are many rows, each with a name of its own', () => {
  const names = Object.values(tables).flatMap((rows) => rows.map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(Object.entries(tables))('%s', (_table, rows) => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const place = await newPlace();
    const given = await prepare(door, place, row.given);
    for (const call of row.calls) await play(call, place, given);
    await drain();
    expectStored(await storedIn(pool, place.id), row.stored ?? []);
    expect(await waiting()).toEqual({ inbox: 0, queued: 0 });
  });
});

test('nothing of all this reached another workspace', async () => {
  expect(await storedIn(pool, other.id)).toEqual(['contact theirs']);
});

async function play(call: Call, place: Place, given: Record<string, string>): Promise<void> {
  advance(1000);
  const answer = await send(requestOf(call, place, given));
  const said = `${call.send}: ${JSON.stringify(answer.body)?.slice(0, 1000)}`;
  expect(answer.status, said).toBe(call.status);
  if (call.answer instanceof RegExp) expect(textOf(answer.body)).toMatch(call.answer);
  else if (typeof call.answer === 'object' && call.answer !== null)
    expect(answer.body).toMatchObject(matching(call.answer) as object);
  else if (call.answer !== undefined) expect(answer.body).toEqual(call.answer);
  if (call.applied) await drain();
}

function requestOf(call: Call, place: Place, given: Record<string, string>): Sent {
  const fill = (text: string): string =>
    text
      .replaceAll('{other}', String(otherContact))
      .replaceAll(/\{(\w+)\}/g, (whole, name: string) => given[name] ?? whole);
  const [method = '', url = ''] = fill(call.send).split(' ');
  const { body } = call;
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => [name, fill(value)]);
  return {
    method,
    url,
    headers: {
      ...credentialsOf(call, url, place),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...Object.fromEntries(headers),
    },
    ...(body !== undefined && {
      payload:
        typeof body === 'string' || Buffer.isBuffer(body) ? body : fill(JSON.stringify(body)),
    }),
  };
}

function credentialsOf({ as }: Call, url: string, place: Place): object {
  if (as === 'nobody') return {};
  const { writeKey, restKey } = as === 'other workspace' ? other : place;
  const isRest = url.startsWith('/api') !== (as === 'wrong kind of key');
  return isRest ? basic('anybody', restKey) : basic(writeKey, '');
}

/** Patterns match texts; as they are, they would match whatever has their members, which is all. */
function matching(expected: unknown): unknown {
  if (expected instanceof RegExp) return expect.stringMatching(expected);
  if (Array.isArray(expected)) return expected.map(matching);
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, matching(value)]),
  );
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function expectStored(lines: string[], expected: (string | RegExp)[]): void {
  const shown = lines.map((line, n) => {
    const wanted = expected[n];
    return wanted instanceof RegExp && wanted.test(line) ? wanted : line;
  });
  expect(shown).toEqual(expected);
}

async function waiting(): Promise<{ inbox: number; queued: number }> {
  const { rows } = await pool.query<{ inbox: number; queued: number }>(
    `select (select count(*) from inbox) as inbox, (select count(*) from slot_queue) as queued`,
  );
  return rows[0]!;
}

async function contactOf({ id, writeKey }: Place): Promise<number> {
  await send({
    method: 'POST',
    url: '/v1/identify',
    headers: { ...basic(writeKey, ''), 'content-type': 'application/json' },
    payload: JSON.stringify({ userId: 'theirs' }),
  });
  await drain();
  const { rows } = await pool.query<{ id: number }>(
    `select id from contacts where workspace_id = $1`,
    [id],
  );
  return rows[0]!.id;
}
