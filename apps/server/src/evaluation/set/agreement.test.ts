/**
 * The set evaluator against the reference interpreter: random definitions over random histories in
 * a real database, as of several instants.
 *
 * `npm run test:agreement -- --cases 100000` for longer, `--seed N` to repeat a run.
 */
import { checkNode, compileRule, type Node } from '@perennial/conditions';
import { anyNode, NOW } from '@perennial/conditions/test-arbitraries';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { readTestConfig } from '../../config.ts';
import { testDatabase } from '../../db/test-database.ts';
import { evaluateSet, type SetAnswer } from './evaluate-set.ts';
import { createWorld, fields, questionOf, type Inhabitant } from './test-world.ts';

const { agreementCases, fuzzSeed } = readTestConfig();
const { pool } = await testDatabase();
const PEOPLE = 30;
const DAY = 86_400_000;

let world: Inhabitant[];
beforeAll(async () => {
  world = await createWorld(pool, { people: PEOPLE, seed: fuzzSeed });
});

/** Nothing lies in the future of an evaluation. */
const instants = fc.oneof(
  fc.constantFrom(NOW, NOW + 1, Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 10, 1)),
  fc.integer({ min: NOW, max: NOW + 40 * DAY }),
);

function checked(input: unknown): Node {
  const outcome = checkNode(input, { fields });
  if (!outcome.ok) throw new Error(JSON.stringify([input, outcome.issues]));
  return outcome.value;
}

const everybody = (): Inhabitant[] => world.filter(({ deleted }) => !deleted);

test(
  `seed ${fuzzSeed}: SQL finds whom the interpreter finds, and says until when it is so`,
  { timeout: 60_000 + agreementCases * 200 },
  async () => {
    await fc.assert(
      fc.asyncProperty(anyNode, instants, async (input, now) => {
        const node = checked(input);
        const question = questionOf(node, now);
        const limits = { timeoutMs: 60_000 };
        const members = await evaluateSet(pool, question, { wanted: 'members', ...limits });
        const rule = compileRule(node, { fields });
        const expected = everybody().filter((one) => rule.test(one.factsAt(now)));
        expect(members.toSorted((a, b) => a - b)).toEqual(expected.map(({ id }) => id));
        const answers = await evaluateSet(pool, question, { wanted: 'changes', ...limits });
        expectAnswers(node, now, answers);
      }),
      { numRuns: agreementCases, seed: fuzzSeed, endOnFailure: agreementCases > 1000 },
    );
  },
);

/** Who was not told of is no member, and for ever. */
function expectAnswers(node: Node, now: number, answers: SetAnswer[]): void {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  for (const one of everybody()) {
    const answer = byId.get(one.id) ?? { member: false, changes_at: null };
    const until = answer.changes_at?.getTime() ?? Infinity;
    expect({ id: one.id, member: answer.member, until: until > now }).toEqual({
      id: one.id,
      member: compileRule(node, { fields }).test(one.factsAt(now)),
      until: true,
    });
    expectConstant(node, one, { now, until });
  }
}

/** The longest way ahead that is looked at, in steps of the interpreter's own bound. */
const MOST_STEPS = 40;

function expectConstant(
  node: Node,
  { id, factsAt }: Inhabitant,
  { now, until }: { now: number; until: number },
): void {
  const rule = compileRule(node, { fields });
  const { result, changesAt } = rule.judge(factsAt(now));
  let at = changesAt;
  for (let step = 0; step < MOST_STEPS && at < until && at < Infinity; step += 1) {
    const judged = rule.judge(factsAt(at));
    expect({ id, at, until, result: judged.result }).toEqual({ id, at, until, result });
    at = judged.changesAt;
  }
}
