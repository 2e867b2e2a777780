import { checkNode } from '@perennial/conditions';
import { expect, test } from 'vitest';
import { testContacts } from '../../contacts/test-contacts.ts';
import { inTransaction } from '../../db/index.ts';
import { evaluateSet } from '../../evaluation/index.ts';
import type { Identifier, InboxItem } from '../../inbox/index.ts';
import { contactQuestions } from '../../main/around-contacts.ts';
import { erasePerson } from '../../pipeline/erase/erase-contacts.ts';
import { dropForgottenTypes, tendKeptTypes } from './kept-types.ts';
import { expectKeptAsStored, finishKeeping, sliceOfEach } from './test-kept.ts';

const { call, pool, clock, workspace, send, idOf, finishJob } = await testContacts();

const DAY = 86_400_000;
const workspaceId = workspace.id;
const start = clock.now().getTime();

function known(external: string): Identifier[] {
  return [['external_id', external]];
}

function event(ids: Identifier[], type: string, daysAgo: number): InboxItem {
  return {
    kind: 'event',
    ids,
    event: type,
    params: {},
    at: clock.now().getTime() - daysAgo * DAY,
    source: 'api',
    ownTime: true,
    createContact: true,
  };
}

/** External IDs of those for whom it holds. */
async function find(type: string, condition: object): Promise<string[]> {
  const checked = checkNode(
    { type: 'event', event: type, ...condition },
    { fields: () => undefined },
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const question = {
    rule: checked.value,
    workspaceId,
    workspaceZone: 'UTC',
    workspaceCurrency: 'USD',
    now: clock.now(),
    fields: () => undefined,
    questions: contactQuestions,
  };
  const ids = await evaluateSet(pool, question, { wanted: 'members', timeoutMs: 60_000 });
  const { rows } = await pool.query<{ external_id: string }>(
    `select external_id from contacts where id = any($1) order by external_id`,
    [ids],
  );
  return rows.map((row) => row.external_id);
}

const quietFor = (n: number) => ({
  measure: { kind: 'last' },
  period: { kind: 'longer_ago', n, unit: 'day' },
});

const ask = (type: string, tookMs: number): Promise<void> =>
  inTransaction(pool, (tx) =>
    tendKeptTypes(tx, { workspaceId, keys: [type], tookMs, now: clock.now() }),
  );

/** Types that are kept, those that are not whole in brackets. */
async function kept(): Promise<string[]> {
  const { rows } = await pool.query<{ key: string; whole: boolean }>(
    `select key, built_at is not null as whole
       from kept_types join event_types on id = event_type_id order by key`,
  );
  return rows.map(({ key, whole }) => (whole ? key : `(${key})`));
}

const of = () => ({ workspaceId, now: clock.now() });

async function keep(type: string): Promise<void> {
  await ask(type, 1000);
  await finishKeeping(pool, of());
}

const asStored = (...keys: string[]): Promise<void> =>
  expectKeptAsStored(pool, { workspaceId, keys });

test('a type is kept once a slow question asks for it, and read when it is whole', async () => {
  await send([
    event(known('ada'), 'Walked', 40),
    event(known('ada'), 'Walked', 3),
    event(known('bob'), 'Walked', 20),
    event(known('bob'), 'Walked', 12),
  ]);
  await ask('Walked', 100);
  expect(await kept()).toEqual([]);
  await ask('Walked', 300);
  expect(await kept()).toEqual(['(Walked)']);
  expect(await find('Walked', quietFor(9))).toEqual(['bob']);
  await finishKeeping(pool, of());
  expect(await kept()).toEqual(['Walked']);
  expect(await find('Walked', quietFor(9))).toEqual(['bob']);
  await asStored('Walked');
  // What is kept is what is asked: without it there is nobody.
  await pool.query(`delete from kept_times where contact_id = $1`, [await idOf('bob')]);
  expect(await find('Walked', quietFor(9))).toEqual([]);
  // A filter of parameters, or a short period, needs the events.
  const ever = { period: { kind: 'ever' } };
  expect(await find('Walked', ever)).toEqual(['ada']);
  const filtered = { ...ever, where: { param: 'x', op: 'is_empty' } };
  expect(await find('Walked', filtered)).toEqual(['ada', 'bob']);
});

test('events that are stored while it is built, late ones too, are all in it', async () => {
  await send([event(known('cay'), 'Ran', 5), event(known('dan'), 'Ran', 8)]);
  await ask('Ran', 300);
  await sliceOfEach(pool, of());
  await send([event(known('cay'), 'Ran', 9), event(known('eve'), 'Ran', 1)]);
  await sliceOfEach(pool, of());
  await send([event(known('dan'), 'Ran', 30), event(known('fay'), 'Ran', 2)]);
  await finishKeeping(pool, of());
  await send([event(known('fay'), 'Ran', 50), event(known('fay'), 'Ran', 0)]);
  await asStored('Ran');
  const often = { measure: { kind: 'count', op: 'greater_or_equal', value: 3 } };
  expect(await find('Ran', { ...often, period: { kind: 'ever' } })).toEqual(['fay']);
});

test('merges, their undoing and erasures are followed', async () => {
  await keep('Ran');
  await send([event([['anonymous_id', 'a1']], 'Ran', 100), event(known('gil'), 'Ran', 4)]);
  await send([
    {
      kind: 'identify',
      ids: [...known('gil'), ['anonymous_id', 'a1']],
      fields: {},
      at: clock.now().getTime(),
      source: 'identify',
    },
  ]);
  await asStored('Ran');
  const early = { measure: { kind: 'first' }, period: { kind: 'longer_ago', n: 90, unit: 'day' } };
  expect(await find('Ran', early)).toEqual(['gil']);
  const id = await idOf('gil');
  const { body } = await call('GET', `/contacts/${id}/merges`);
  await call('POST', `/contacts/${id}/merges/${body.items[0].id}/undo`);
  await asStored('Ran');
  expect(await find('Ran', early)).not.toContain('gil');
  const person = { workspaceId, contactIds: [Number(id)], values: [], slot: 0 };
  await inTransaction(pool, (tx) => erasePerson(tx, person));
  const ofGil = await pool.query(`select from kept_times where contact_id = $1`, [id]);
  expect(ofGil.rowCount).toBe(0);
  await asStored('Ran');
});

test('who is merged or erased while it is built leaves nothing behind', async () => {
  await send([event([['anonymous_id', 'a2']], 'Swam', 7), event(known('hal'), 'Swam', 4)]);
  await ask('Swam', 300);
  await sliceOfEach(pool, of());
  await send([
    {
      kind: 'identify',
      ids: [...known('hal'), ['anonymous_id', 'a2']],
      fields: {},
      at: clock.now().getTime(),
      source: 'identify',
    },
  ]);
  await finishKeeping(pool, of());
  await asStored('Swam');
});

test('after a deletion of its events it is dropped, and built anew when it is asked for', async () => {
  await keep('Walked');
  const range = {
    type: 'Walked',
    past_only: false,
    from: new Date(start - 15 * DAY).toISOString(),
    to: new Date(start + DAY).toISOString(),
  };
  const { body, status } = await call('POST', '/events/delete', { body: range });
  expect(status, JSON.stringify(body)).toBe(202);
  await finishJob(body.id);
  expect(await kept()).not.toContain('Walked');
  expect(await find('Walked', quietFor(9))).toEqual(['ada', 'bob']);
  await finishKeeping(pool, of());
  const { rowCount } = await pool.query(
    `select from kept_times join event_types on id = event_type_id where key = 'Walked'`,
  );
  expect(rowCount).toBe(0);
  await keep('Walked');
  await asStored('Walked');
});

test('what no question asks for is dropped after a month', async () => {
  await keep('Walked');
  await keep('Ran');
  clock.advance(20 * DAY);
  await ask('Ran', 1);
  clock.advance(20 * DAY);
  await inTransaction(pool, (tx) => dropForgottenTypes(tx, { now: clock.now() }));
  expect(await kept()).toEqual(['Ran']);
  await finishKeeping(pool, of());
  await asStored('Ran');
});
