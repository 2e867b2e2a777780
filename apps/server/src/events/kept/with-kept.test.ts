import { expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import { inTransaction } from '../../db/index.ts';
import type { Identifier, InboxItem } from '../../inbox/index.ts';
import { settle } from '../../main/around-contacts.ts';
import { dropKeptType } from './kept-types.ts';
import { beginKeeping, finishKeeping } from './test-kept.ts';
import { withKept } from './with-kept.ts';

const { call, pool, clock, workspace, send, idOf, finishJob } = await testContacts();

const DAY = 86_400_000;
const workspaceId = workspace.id;
let made = 0;

function known(external: string): Identifier[] {
  return [['external_id', external]];
}

function event(external: string, type: string, daysAgo: number): InboxItem {
  return {
    kind: 'event',
    ids: known(external),
    event: type,
    params: {},
    at: clock.now().getTime() - daysAgo * DAY,
    source: 'api',
    ownTime: true,
    createContact: true,
  };
}

const of = () => ({ workspaceId, now: clock.now() });

/** A type that is kept: Ada has not done it for 20 days, Bob for 12, Cyd for 3. */
async function keptType(): Promise<string> {
  made += 1;
  const type = `Walked${made}`;
  await send([event('ada', type, 20), event('bob', type, 12), event('cyd', type, 3)]);
  await beginKeeping(pool, { ...of(), keys: [type] });
  await finishKeeping(pool, of());
  return type;
}

const quiet = (type: string) => ({
  type: 'event',
  event: type,
  measure: { kind: 'last' },
  period: { kind: 'longer_ago', n: 9, unit: 'day' },
});

/** What is kept is what is asked: without it Bob did nothing. */
async function forgetBob(): Promise<void> {
  await pool.query(`delete from kept_times where contact_id = $1`, [await idOf('bob')]);
}

async function isKept(type: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from kept_types join event_types on id = event_type_id where key = $1`,
    [type],
  );
  return rowCount === 1;
}

test('filters of contacts, their counts and what is done with them read what is kept', async () => {
  const filter = quiet(await keptType());
  const names = async () => {
    const { body } = await call('POST', '/contacts/search', { body: { filter } });
    return body.items.map((contact: { external_id: string }) => contact.external_id).toSorted();
  };
  const count = async () => {
    const query = encodeURIComponent(JSON.stringify(filter));
    return (await call('GET', `/contacts/count?filter=${query}`)).body.total;
  };
  expect(await names()).toEqual(['ada', 'bob']);
  expect(await count()).toBe(2);
  await forgetBob();
  expect(await names()).toEqual(['ada']);
  expect(await count()).toBe(1);
  const { body: job } = await call('POST', '/contacts/bulk', {
    body: {
      action: { kind: 'set_field', field: 'city', value: 'Lviv' },
      selection: { filter, identified: 'true', deleted: false },
    },
  });
  await finishJob(job.id);
  expect((await call('GET', `/jobs/${job.id}`)).body).toMatchObject({ state: 'done', done: 1 });
});

test('what time did to a segment is found in what is kept', async () => {
  const type = await keptType();
  const { body } = await call('POST', '/segments', {
    body: { name: type, kind: 'dynamic', definition: { language: 1, include: quiet(type) } },
  });
  await finishJob((await call('GET', `/segments/${body.id}`)).body.computing.job);
  clock.advance(7 * DAY);
  const segmentId = Number(body.id);
  const entering = async () =>
    (await settle(pool, { workspaceId, segmentIds: [segmentId], now: clock.now() })).get(segmentId)
      ?.entering;
  const cyd = Number(await idOf('cyd'));
  expect(await entering()).toEqual([cyd]);
  await pool.query(`delete from kept_times where contact_id = $1`, [cyd]);
  expect(await entering()).toBeUndefined();
});

test('a slow question lets its types be kept, a quick one does not, nor one that asks for none', async () => {
  made += 1;
  const type = `Ran${made}`;
  await send([event('ada', type, 1)]);
  const tend = { pool, now: clock.now() };
  const ask = (seconds: number, asks: boolean) =>
    withKept(pool, { workspaceId, tend }, async ({ asked }) => {
      if (asks) asked.add(type);
      await pool.query(`select pg_sleep($1)`, [seconds]);
    });
  await ask(0.3, false);
  await ask(0, true);
  expect(await isKept(type)).toBe(false);
  await ask(0.3, true);
  expect(await isKept(type)).toBe(true);
});

test('and so does one that was given up', async () => {
  made += 1;
  const type = `Ran${made}`;
  await send([event('ada', type, 1)]);
  const asking = withKept(
    pool,
    { workspaceId, tend: { pool, now: clock.now() } },
    async ({ asked }) => {
      asked.add(type);
      await pool.query(`select pg_sleep(0.3)`);
      throw new Error('given up');
    },
  );
  await expect(asking).rejects.toThrow('given up');
  expect(await isKept(type)).toBe(true);
});

test('a type that stops being kept while it is asked is asked again of its events', async () => {
  const type = await keptType();
  const { rows } = await pool.query<{ id: number }>(`select id from event_types where key = $1`, [
    type,
  ]);
  const answers: boolean[] = [];
  await withKept(pool, { workspaceId }, async ({ whole, asked }) => {
    asked.add(type);
    answers.push(whole.has(type));
    const drop = { typeId: rows[0]!.id, now: clock.now() };
    if (answers.length === 1) await inTransaction(pool, (tx) => dropKeptType(tx, drop));
  });
  expect(answers).toEqual([true, false]);
});
