import { expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import type { Identifier } from '../../inbox/index.ts';
import { expectSumsAsStored } from './test-kept.ts';

const { call, pool, clock, send, identify, track, idOf, finishJob } = await testContacts();

const MINUTE = 60_000;
const DAY = 86_400_000;
/** More than are read anew with each event. */
const MANY = 1010;
const ada: Identifier[] = [['external_id', 'ada']];
const start = clock.now().getTime();

const ride = (km: number | string, at = clock.now().getTime()) =>
  track(ada, 'Rode', { at, params: { km } });

async function segment(rest: object): Promise<string> {
  const definition = { language: 1, include: { type: 'event', event: 'Rode', ...rest } };
  const { status, body } = await call('POST', '/segments', {
    body: { name: `Riders ${JSON.stringify(rest)}`, kind: 'dynamic', definition },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  await finishJob((await call('GET', `/segments/${body.id}`)).body.computing.job);
  return body.id;
}

async function isMember(id: string): Promise<boolean> {
  const { body } = await call('GET', `/segments/${id}/members?limit=10`);
  return body.items.length === 1;
}

const kmOf = (kind: string, op: string, value: number) => ({
  measure: { kind, param: 'km', op, value },
});

test('sums of somebody with very many events follow each event, late ones and deletions', async () => {
  await send(Array.from({ length: MANY }, (_, n) => ride(0.1, start - n * 50 * MINUTE)));
  const rode102 = await segment({
    ...kmOf('sum', 'greater_or_equal', 102),
    period: { kind: 'ever' },
  });
  const longest = await segment({
    ...kmOf('max', 'greater', 5),
    period: { kind: 'last', n: 2, unit: 'day' },
  });
  expect(await expectSumsAsStored(pool)).toBe(0);
  // 101.2 km: built when the first event asks. Both ask the same of each event.
  await send([ride('0.2')]);
  expect(await expectSumsAsStored(pool)).toBe(1);
  expect(await isMember(rode102)).toBe(false);
  // A late one, in an hour of its own.
  await send([ride(0.8, start - 300 * DAY)]);
  expect(await expectSumsAsStored(pool)).toBe(1);
  expect(await isMember(rode102)).toBe(true);
  await send([ride(6, start - DAY)]);
  expect(await isMember(longest)).toBe(true);
  const range = {
    type: 'Rode',
    past_only: false,
    from: new Date(start - 2 * DAY).toISOString(),
    to: new Date(start - DAY / 2).toISOString(),
  };
  const { body, status } = await call('POST', '/events/delete', { body: range });
  expect(status, JSON.stringify(body)).toBe(202);
  await finishJob(body.id);
  expect(await expectSumsAsStored(pool)).toBe(0);
  await send([ride(0.1)]);
  expect(await isMember(longest)).toBe(false);
  expect(await expectSumsAsStored(pool)).toBe(0);
  await send(Array.from({ length: 100 }, (_, n) => ride(0.1, start - n * MINUTE)));
  expect(await expectSumsAsStored(pool)).toBe(1);
});

test('a merge drops what is kept, and the next event builds it with both histories', async () => {
  const anonymous: Identifier[] = [['anonymous_id', 'a1']];
  await send([track(anonymous, 'Rode', { params: { km: 40 } })]);
  await send([identify([...ada, ...anonymous])]);
  await send([ride(0.1)]);
  expect(await expectSumsAsStored(pool)).toBe(1);
  const { rows } = await pool.query<{ greatest: string }>(
    `select max(greatest)::text as greatest from kept_sum_parts where contact_id = $1`,
    [await idOf('ada')],
  );
  expect(rows).toEqual([{ greatest: '40' }]);
});

test('what no event asked for in a month is dropped', async () => {
  const { rows: segments } = await pool.query<{ id: number }>(`select id from segments`);
  for (const { id } of segments) {
    const { status } = await call('DELETE', `/segments/${id}`);
    expect(status).toBe(200);
  }
  clock.advance(29 * DAY);
  await send([ride(1)]);
  expect(await expectSumsAsStored(pool)).toBe(1);
  clock.advance(2 * DAY);
  await send([ride(1)]);
  const { rowCount } = await pool.query(`select from kept_sum_parts`);
  expect([await expectSumsAsStored(pool), rowCount]).toEqual([0, 0]);
});
