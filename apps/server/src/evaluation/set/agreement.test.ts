/**
 * The set evaluator against the reference interpreter: random definitions over random histories in
 * a real database, as of several instants.
 *
 * `npm run test:agreement -- --cases 100000` for longer, `--seed N` to repeat a run.
 */
import {
  checkNode,
  compileRule,
  type CompiledRule,
  type Definition,
  type JsonObject,
  type Node,
} from '@perennial/conditions';
import { anyNode, anyValue, NOW } from '@perennial/conditions/test-arbitraries';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { readTestConfig } from '../../config.ts';
import { chosen } from '../../contacts/choose-contacts.ts';
import { filterSql } from '../../contacts/filter/filter-sql.ts';
import { testDatabase } from '../../db/test-database.ts';
import { beginKeeping, expectKeptAsStored, finishKeeping } from '../../events/kept/test-kept.ts';
import { initialiseInstallation } from '../../slots/index.ts';
import { evaluateSet, type SetAnswer } from './evaluate-set.ts';
import { createWorld, fields, questionOf, rules, type Inhabitant } from './test-world.ts';

const { agreementCases, fuzzSeed } = readTestConfig();
const { pool } = await testDatabase();
const PEOPLE = 30;
const DAY = 86_400_000;
/** The types of the events that definitions ask for. */
const TYPES = ['Strength', 'Opened'];

let world: Inhabitant[];
beforeAll(async () => {
  world = await createWorld(pool, { people: PEOPLE, seed: fuzzSeed });
  await initialiseInstallation(pool, { slots: 8, now: new Date(NOW) });
  const kept = { workspaceId: 1, keys: TYPES, now: new Date(NOW) };
  await beginKeeping(pool, kept);
  await finishKeeping(pool, kept);
  await expectKeptAsStored(pool, kept);
});

/** Nothing lies in the future of an evaluation. */
const instants = fc.oneof(
  fc.constantFrom(NOW, NOW + 1, Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 10, 1)),
  fc.integer({ min: NOW, max: NOW + 40 * DAY }),
);

const nodes = fc.oneof({ weight: 9, arbitrary: anyNode }, { weight: 1, arbitrary: triggered() });
const definitions = fc.record({ include: nodes, exclude: nodes }, { requiredKeys: ['include'] });
/** Events that some definitions take values from. */
const triggers = fc.record({ x: anyValue, n: anyValue }, { requiredKeys: [] });

/** A condition that compares with values of an event. */
function triggered(): fc.Arbitrary<object> {
  const ops = ['equals', 'not_equals', 'one_of', 'greater', 'contains', 'before', 'has_any'];
  return fc
    .record({
      op: fc.constantFrom(...ops),
      param: fc.constantFrom('p', 'list[].v', 'tags'),
      value: fc.constant({ $event: 'x' }),
    })
    .map((where) => ({
      type: 'event',
      event: 'Strength',
      where,
      measure: { kind: 'count', op: 'greater_or_equal', value: { $event: 'n' } },
      period: { kind: 'ever' },
    }));
}

function checked({ include, exclude }: { include: unknown; exclude?: unknown }): Definition {
  return {
    language: 1,
    include: checkedNode(include),
    ...(exclude === undefined ? {} : { exclude: checkedNode(exclude) }),
  };
}

function checkedNode(input: unknown): Node {
  const outcome = checkNode(input, { fields });
  if (!outcome.ok) throw new Error(JSON.stringify([input, outcome.issues]));
  return outcome.value;
}

function ids(people: readonly Inhabitant[]): number[] {
  return people.map(({ id }) => id);
}

const everybody = (): Inhabitant[] => world.filter(({ deleted }) => !deleted);

interface AskedWith {
  now: number;
  params: JsonObject;
  /** Of what is kept of events, where that answers. */
  kept: boolean;
}

/** Asks in both ways, as of an instant and for an event; throws where the answers differ. */
async function compare(rule: Definition, { now, params, kept }: AskedWith): Promise<void> {
  const trigger = { params };
  const asked: Asked = { now, trigger, rule: compileRule(rule, { fields }) };
  const whole = new Set(kept ? TYPES : []);
  const question = { ...questionOf(rule, now), trigger, kept: { whole, asked: new Set<string>() } };
  const limits = { timeoutMs: 60_000 };
  const expected = everybody().filter((one) => judge(asked, one).result);
  const members = await evaluateSet(pool, question, { wanted: 'members', ...limits });
  expect(members.toSorted((a, b) => a - b)).toEqual(ids(expected));
  const answers = await evaluateSet(pool, question, { wanted: 'changes', ...limits });
  expectAnswers(asked, everybody(), answers);
  const few = ids(world).filter((id) => id % 3 === 0);
  const amongFew = await evaluateSet(
    pool,
    { ...question, among: few },
    { wanted: 'changes', ...limits },
  );
  // Of few only the facts that decide are read, so they may know more of the future.
  const isFew = ({ id }: { id: number }): boolean => few.includes(id);
  expect(amongFew.every(isFew)).toBe(true);
  expectAnswers(asked, everybody().filter(isFew), amongFew);
}

test(
  `seed ${fuzzSeed}: SQL finds whom the interpreter finds, and says until when it is so`,
  { timeout: 60_000 + agreementCases * 200 },
  async () => {
    await fc.assert(
      fc.asyncProperty(definitions, instants, triggers, fc.boolean(), (input, now, params, kept) =>
        compare(checked(input), { now, params, kept }),
      ),
      { numRuns: agreementCases, seed: fuzzSeed, endOnFailure: agreementCases > 1000 },
    );
  },
);

/** What random definitions found, and what they find too rarely. */
const CASES: Record<string, object> = {
  'the first order ever, by a date that time moves': {
    type: 'order',
    where: { param: 'p', op: 'in', period: { kind: 'next', n: 1, unit: 'minute' } },
    measure: { kind: 'first' },
    period: { kind: 'ever' },
  },
  'a device that was seen today': {
    type: 'device',
    where: { param: 'last_seen_at', op: 'in', period: { kind: 'today' } },
  },
  'a streak of days, each with at least one': {
    type: 'event',
    event: 'Opened',
    measure: { kind: 'streak' },
    period: { kind: 'previous', n: 2, unit: 'day', zone: 'contact' },
  },
  'the first event after a day in the zone of each contact': {
    type: 'event',
    event: 'Opened',
    measure: { kind: 'first' },
    period: { kind: 'after', at: '2026-10-01', zone: 'contact' },
  },
  'an anniversary of a time in the zone of each contact': {
    type: 'field',
    field: 'custom.seen',
    op: 'anniversary',
    value: { from: -3, to: 3 },
    zone: 'contact',
  },
  'an anniversary of dates in parameters in the zone of each contact': {
    type: 'event',
    event: 'Strength',
    where: { param: 'p', op: 'anniversary', value: { from: -1, to: 1 }, zone: 'contact' },
    period: { kind: 'ever' },
  },
  'a day that a zone left out': {
    type: 'event',
    event: 'Strength',
    where: { param: 'p', op: 'on', value: '2011-12-30', zone: 'Pacific/Apia' },
    period: { kind: 'ever' },
  },
  'the last event of each contact, long ago': {
    type: 'event',
    event: 'Opened',
    measure: { kind: 'last' },
    period: { kind: 'longer_ago', n: 9, unit: 'day' },
  },
  'the first event within so long, counted in each contact’s zone': {
    type: 'event',
    event: 'Strength',
    measure: { kind: 'first' },
    period: { kind: 'previous', n: 1, unit: 'month', zone: 'contact' },
  },
  'so many events ever, and none before': {
    all: [
      {
        type: 'event',
        event: 'Strength',
        measure: { kind: 'count', op: 'between', value: [1, 2] },
        period: { kind: 'ever' },
      },
      {
        type: 'event',
        event: 'Opened',
        measure: { kind: 'count', op: 'equals', value: 0 },
        period: { kind: 'longer_ago', n: 2, unit: 'month' },
      },
    ],
  },
  'the newest events that match': {
    type: 'event',
    event: 'Strength',
    where: { param: 'p', op: 'is_set' },
    measure: { kind: 'count', op: 'less', value: 2 },
    period: { kind: 'last', n: 5, unit: 'month' },
  },
  'a list and its opposite': {
    all: [
      {
        type: 'event',
        event: 'Strength',
        where: { param: 'tags', op: 'has_any', value: ['A', 5] },
      },
      { not: { type: 'event', event: 'Strength', period: { kind: 'ever' } } },
    ],
  },
};

test.each(Object.entries(CASES))('%s', async (_name, include) => {
  for (const kept of [false, true]) {
    await compare(checked({ include }), { now: NOW, params: {}, kept });
  }
});

test('a filter of the contacts finds the same', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyNode, fc.boolean(), async (include, narrowed) => {
      const { rule: _, zones: __, fields: ___, ...context } = questionOf(checked({ include }), NOW);
      const { include: node } = checked({ include });
      const among = narrowed ? ids(world).filter((id) => id % 2 === 0) : undefined;
      const { values, condition } = chosen({
        workspaceId: context.workspaceId,
        identified: false,
        among,
        where: (put, few) => filterSql({ node, rules }, { ...context, put, among: few }),
      });
      const { rows } = await pool.query<{ id: number }>(
        `select id from contacts where ${condition} order by id`,
        values,
      );
      const rule = compileRule(node, { fields });
      const expected = everybody().filter(
        ({ id, factsAt }) => (among?.includes(id) ?? true) && rule.test(factsAt(NOW)),
      );
      expect(ids(rows as never)).toEqual(ids(expected));
    }),
    { numRuns: 60, seed: fuzzSeed },
  );
});

/** A definition, asked as of an instant for an event. */
interface Asked {
  now: number;
  trigger: { params: JsonObject };
  rule: CompiledRule;
}

function judge({ rule, now, trigger }: Asked, { factsAt }: Inhabitant, at = now) {
  return rule.judge({ ...factsAt(at), trigger });
}

/** Who was not told of is no member, and for ever. */
function expectAnswers(asked: Asked, people: Inhabitant[], answers: SetAnswer[]): void {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  for (const one of people) {
    const answer = byId.get(one.id) ?? { member: false, changes_at: null };
    const until = answer.changes_at?.getTime() ?? Infinity;
    const { result, changesAt } = judge(asked, one);
    expect({ id: one.id, member: answer.member }).toEqual({ id: one.id, member: result });
    expect(until).toBeGreaterThan(asked.now);
    let at = changesAt;
    for (let step = 0; step < MOST_STEPS && at < until && at < Infinity; step += 1) {
      const judged = judge(asked, one, at);
      expect({ id: one.id, at, until, result: judged.result }).toEqual({
        id: one.id,
        at,
        until,
        result,
      });
      at = judged.changesAt;
    }
  }
}

/** The longest way ahead that is looked at, in steps of the interpreter's own bound. */
const MOST_STEPS = 40;
