import { checkNode, compileRule, NotInSql, type Node } from '@perennial/conditions';
import { NOW } from '@perennial/conditions/test-arbitraries';
import { beforeAll, expect, test } from 'vitest';
import { sqlState } from '../../db/index.ts';
import { testDatabase } from '../../db/test-database.ts';
import { contactQuestions } from '../../main/around-contacts.ts';
import { compileSet } from './compile-set.ts';
import { evaluateSet } from './evaluate-set.ts';
import type { SetQuestion } from './set-question.ts';
import { createWorld, fields, questionOf, type Inhabitant } from './test-world.ts';

const { pool } = await testDatabase();
const limits = { timeoutMs: 60_000 };
const EVER = { kind: 'ever' };

let world: Inhabitant[];
beforeAll(async () => {
  world = await createWorld(pool, { people: 25, seed: 3 });
});

function ask(node: object, more: Partial<SetQuestion> = {}): SetQuestion {
  const checked = checkNode(node, { fields });
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return { ...questionOf(checked.value, NOW), ...more };
}

function membersOf(node: object): number[] {
  const rule = compileRule(node as Node, { fields });
  return world
    .filter(({ deleted, factsAt }) => !deleted && rule.test(factsAt(NOW)))
    .map(({ id }) => id);
}

const opened = { type: 'event', event: 'Opened', period: EVER };

test('a sample is the number of members and the newest ten of them', async () => {
  const members = membersOf(opened);
  expect(members.length).toBeGreaterThan(10);
  const { count, sample } = await evaluateSet(pool, ask(opened), { wanted: 'sample', ...limits });
  expect({ count, sample }).toEqual({
    count: members.length,
    sample: members.toReversed().slice(0, 10),
  });
  expect(await evaluateSet(pool, ask(opened), { wanted: 'count', ...limits })).toBe(members.length);
});

test('asked of some contacts, it reads the facts of no others', async () => {
  const [first, second, third] = membersOf(opened);
  const among = [first!, third!, 999_999];
  const question = ask(opened, { among });
  const found = await evaluateSet(pool, question, { wanted: 'members', ...limits });
  expect(found.toSorted((a, b) => a - b)).toEqual([first, third]);
  expect(found).not.toContain(second);
  const relation = compileSet(question, 'members').text.split('left join').at(1)!;
  expect(relation).toMatch(/e\.contact_id = any\(\$\d+::bigint\[\]\)/);
});

test('equal conditions are measured once', () => {
  const twice = { any: [opened, { all: [{ ...opened, measure: undefined }, { not: opened }] }] };
  expect(compileSet(ask(twice), 'members').text.match(/left join/g)).toHaveLength(1);
});

test('values are taken from the event that is given', async () => {
  const node = {
    type: 'event',
    event: 'Strength',
    where: { param: 'p', op: 'equals', value: { $event: 'wanted' } },
    period: EVER,
  };
  const plain = { ...node, where: { param: 'p', op: 'equals', value: 'A' } };
  const question = ask(node, { trigger: { params: { wanted: 'A' } } });
  const found = await evaluateSet(pool, question, { wanted: 'members', ...limits });
  expect(found.toSorted((a, b) => a - b)).toEqual(membersOf(plain));
  expect(found.length).toBeGreaterThan(0);
});

test('an event without the value makes the whole definition false, negations included', async () => {
  const node = {
    not: {
      type: 'event',
      event: 'Strength',
      where: { param: 'p', op: 'equals', value: { $event: 'wanted' } },
      period: EVER,
    },
  };
  const question = ask(node, { trigger: { params: {} } });
  expect(await evaluateSet(pool, question, { wanted: 'members', ...limits })).toEqual([]);
  expect(await evaluateSet(pool, question, { wanted: 'changes', ...limits })).toEqual([]);
  expect(compileSet(question, 'members').missing).toEqual(['wanted']);
});

test('without an event its values cannot be asked for', () => {
  const node = { type: 'field', field: 'email', op: 'equals', value: { $event: 'email' } };
  expect(() => compileSet(ask(node), 'members')).toThrow(NotInSql);
});

/** Takes half a minute, if nobody ends it. */
function slow(): SetQuestion {
  const events = () => ({
    from: `(values (1::bigint, timestamptz 'epoch')) as slow (contact_id, at)`,
    where: 'pg_sleep(30)::text is not null',
    contactId: 'slow.contact_id',
    at: 'slow.at',
    begin: () => ({ expression: 'null::jsonb', steps: [] }),
  });
  return ask(opened, { questions: { ...contactQuestions, events } });
}

test('what takes longer than it may is given up', async () => {
  const given = evaluateSet(pool, slow(), { wanted: 'count', timeoutMs: 20 });
  expect(sqlState(await given.catch((error: unknown) => error))).toBe('57014');
});

async function statementsRunning(): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and state = 'active' and pid <> pg_backend_pid()
        and query like 'select count%pg_sleep(30)%'`,
  );
  return rows[0]!.n;
}

async function untilRunning(n: number): Promise<void> {
  while ((await statementsRunning()) !== n);
}

test('who gives up ends the statement in the database, or leaves the queue', async () => {
  const callers = [new AbortController(), new AbortController(), new AbortController()];
  const asked = callers.map(({ signal }) =>
    evaluateSet(pool, slow(), { wanted: 'count', ...limits, signal }).catch(
      (error: unknown) => error,
    ),
  );
  // Two at once; the third waits for its turn.
  await untilRunning(2);
  callers[2]!.abort(new Error('left the queue'));
  expect(await asked[2]).toEqual(new Error('left the queue'));
  callers[0]!.abort(new Error('went away'));
  expect(await asked[0]).toEqual(new Error('went away'));
  expect(await statementsRunning()).toBe(1);
  const next = new AbortController();
  const following = evaluateSet(pool, slow(), { wanted: 'count', ...limits, signal: next.signal });
  await untilRunning(2);
  callers[1]!.abort(new Error('too'));
  next.abort(new Error('at last'));
  await expect(following).rejects.toThrow('at last');
  expect(await asked[1]).toEqual(new Error('too'));
  expect(await evaluateSet(pool, ask(opened), { wanted: 'count', ...limits })).toBeGreaterThan(0);
});
