import { beforeEach, expect, test } from 'vitest';
import { contactQuestions } from '../main/around-contacts.ts';
import { testContacts } from '../contacts/test-contacts.ts';
import type { Identifier } from '../inbox/index.ts';
import { settleWith } from './set/settle.ts';

const { call, clock, send, track, identify, idOf, finishJob, pool } = await testContacts();

const DAY = 86_400_000;
const HOUR = DAY / 24;
let round = 0;
let active = '';
let silent = '';
/** Who is in `silent`, and in nothing else that moves. */
let outer = '';

const external = (name: string): Identifier[] => [['external_id', `${name}-${round}`]];

async function computed(include: object): Promise<string> {
  const definition = { language: 1, include };
  const body = { name: `Segment ${Math.random()}`, kind: 'dynamic', definition };
  const made = await call('POST', '/segments', { body });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  await finishJob((await call('GET', `/segments/${made.body.id}`)).body.computing.job);
  return made.body.id;
}

async function members(id: string): Promise<string[]> {
  const { body } = await call('GET', `/segments/${id}/members?limit=100`);
  return body.items
    .map(({ contact }: { contact: { external_id: string } }) => contact.external_id.split('-')[0])
    .toSorted();
}

const byId = (a: number, b: number): number => a - b;

/** Ada and Bob opened long enough ago to be silent by now, Cyd did not; nobody wrote it down. */
beforeEach(async () => {
  round += 1;
  const opened = { type: 'event', event: `Opened${round}` };
  await send(['ada', 'bob'].map((name) => track(external(name), `Opened${round}`)));
  await send([identify(external('cyd'))]);
  active = await computed({ ...opened, period: { kind: 'last', n: 1, unit: 'day' } });
  silent = await computed({
    ...opened,
    measure: { kind: 'last' },
    period: { kind: 'longer_ago', n: 1, unit: 'day' },
  });
  outer = await computed({ all: [{ type: 'segment', segment: silent }, { type: 'everyone' }] });
  clock.advance(DAY - HOUR);
  await send([track(external('cyd'), `Opened${round}`)]);
  clock.advance(2 * HOUR);
});

test('a segment is frozen as time made it, though nobody has written that down', async () => {
  for (const [segment, expected] of [
    [active, ['cyd']],
    [silent, ['ada', 'bob']],
    [outer, ['ada', 'bob']],
  ] as const) {
    const body = { name: `Frozen ${segment} ${round}` };
    const frozen = await call('POST', `/segments/${segment}/freeze`, { body });
    expect(frozen.status, JSON.stringify(frozen.body)).toBe(201);
    const { body: job } = await call('GET', `/jobs/${frozen.body.job}`);
    expect(job.total).toBe(expected.length);
    await finishJob(frozen.body.job);
    expect(await members(frozen.body.id)).toEqual(expected);
  }
});

test('and it is copied so', async () => {
  const body = { name: `Copy ${round}`, kind: 'list', members_of: silent };
  const { body: list } = await call('POST', '/segments', { body });
  const { body: jobs } = await call('GET', '/jobs');
  const copying = jobs.items.find(
    ({ kind, about }: { kind: string; about: { segment: string } }) =>
      kind === 'segments.copy' && about.segment === list.id,
  );
  await finishJob(copying.id);
  expect(await members(list.id)).toEqual(['ada', 'bob']);
});

test('and split so, by sizes that are right now', async () => {
  const split = (sizes: (number | null)[]) =>
    call('POST', `/segments/${silent}/split`, {
      body: {
        by: 'size',
        lists: sizes.map((size, n) => ({ name: `Part ${round} ${n}`, size })),
      },
    });
  expect((await split([3, null])).status).toBe(400);
  const { status, body } = await split([1, 1]);
  expect(status, JSON.stringify(body)).toBe(201);
  await finishJob(body.id);
  const parts = await Promise.all(
    body.about.lists.map(({ id }: { id: string }) => members(id)) as Promise<string[]>[],
  );
  expect(parts.map((part) => part.length)).toEqual([1, 1]);
  expect(parts.flat().toSorted()).toEqual(['ada', 'bob']);
});

test('members and the card tell of segments that change because another did', async () => {
  expect(await members(outer)).toEqual(['ada', 'bob']);
  const { body: ofAda } = await call(
    'GET',
    `/contacts/${await idOf(external('ada')[0]![1])}/segments`,
  );
  const ids = ofAda.items.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining([silent, outer]));
  expect(ids).not.toContain(active);
});

test('the same is found of many, who are asked for with everybody, and of a few', async () => {
  const segmentIds = [active, silent, outer].map(Number);
  const now = clock.now();
  const { rows } = await pool.query<{ id: number }>(
    `select workspace_id as id from segments where id = $1`,
    [active],
  );
  const workspaceId = rows[0]!.id;
  const [ada, bob, cyd] = await Promise.all(
    ['ada', 'bob', 'cyd'].map(async (name) => Number(await idOf(external(name)[0]![1]))),
  );
  const settled = async (many: number, contactIds?: number[]) => {
    const settle = settleWith(contactQuestions, { many });
    const found = await settle(pool, { workspaceId, segmentIds, contactIds, now });
    const plain = [...found].map(([id, { entering, leaving }]) => [
      id,
      { entering: entering.toSorted(byId), leaving: leaving.toSorted(byId) },
    ]);
    return Object.fromEntries(plain);
  };
  const both = [ada!, bob!].toSorted(byId);
  const whole = {
    [active]: { entering: [], leaving: both },
    [silent]: { entering: both, leaving: [] },
    [outer]: { entering: both, leaving: [] },
  };
  expect(await settled(0)).toEqual(whole);
  expect(await settled(100)).toEqual(whole);
  expect(await settled(0, [cyd!])).toEqual({});
  const ofAda = {
    [active]: { entering: [], leaving: [ada] },
    [silent]: { entering: [ada], leaving: [] },
    [outer]: { entering: [ada], leaving: [] },
  };
  expect(await settled(0, [ada!, cyd!])).toEqual(ofAda);
  expect(await settled(100, [ada!, cyd!])).toEqual(ofAda);
});
