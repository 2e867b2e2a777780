import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import { compileRule } from '../evaluate/compile-rule.ts';
import type { EventFact, Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import { NOW, anyEvent, anyNode } from '../test-arbitraries.ts';
import { leavesOf } from '../tree.ts';
import type { BaseCondition } from './condition-type.ts';
import { type Enough, enoughForAll, enoughOf } from './enough.ts';
import type { EventCondition } from './event.ts';

const DAY = 86_400_000;
const fields = fieldCatalogue({
  plan: 'text',
  score: 'decimal',
  active: 'boolean',
  trial_end: 'date',
  seen: 'date_time',
  tags: 'multiple_choice',
});

/** What a loader would leave of all. */
function few(events: readonly EventFact[], now: number, { newest, oldest }: Enough): EventFact[] {
  const inOrder = events.toSorted((a, b) => a.occurredAt - b.occurredAt);
  const past = inOrder.filter(({ occurredAt }) => occurredAt <= now);
  const left = [
    ...past.slice(Math.max(0, past.length - newest)),
    ...inOrder.filter(({ occurredAt }) => occurredAt > now),
    ...inOrder.slice(0, oldest),
  ];
  return inOrder.filter((event) => left.includes(event));
}

test('what is enough of the events decides as all of them do, now and as time goes by', () => {
  let shorter = 0;
  fc.assert(
    fc.property(
      anyNode,
      fc.array(anyEvent, { minLength: 5, maxLength: 30 }),
      fc.integer({ min: NOW - DAY, max: NOW + 40 * DAY }),
      (input, events, now) => {
        const checked = checkNode(input, { fields });
        if (!checked.ok) return;
        const conditions = [...leavesOf<BaseCondition>(checked.value)].filter(
          (leaf): leaf is EventCondition => leaf.type === 'event',
        );
        const byType = Map.groupBy(events, ({ event }) => event);
        const left = [...byType].map(([type, own]) => {
          const meant = conditions.filter(({ event }) => event === type);
          return [type, few(own, now, enoughForAll(meant.map(enoughOf)))] as const;
        });
        if (left.some(([type, own]) => own.length < byType.get(type)!.length)) shorter += 1;
        const rule = compileRule(checked.value, { fields });
        const facts = (own: Facts['events'], at: number): Facts => ({
          now: at,
          workspaceZone: 'Europe/Kyiv',
          fields: {},
          events: own,
        });
        for (let at = now, step = 0; step < 12 && Number.isFinite(at); step += 1) {
          const all = rule.judge(facts(byType, at));
          const some = rule.judge(facts(new Map(left), at));
          expect({ at, result: some.result }).toEqual({ at, result: all.result });
          // Until then the answer of all stays, by its own account.
          expect(some.changesAt).toBeGreaterThan(at);
          expectSame(rule, { from: at, to: some.changesAt, facts: (t) => facts(byType, t) });
          at = some.changesAt;
        }
      },
    ),
    { numRuns: 500, seed: 1 },
  );
  expect(shorter).toBeGreaterThan(100);
});

/** The answer does not change between the two instants. */
function expectSame(
  rule: ReturnType<typeof compileRule>,
  { from, to, facts }: { from: number; to: number; facts: (at: number) => Facts },
): void {
  const { result } = rule.judge(facts(from));
  let at = rule.judge(facts(from)).changesAt;
  for (let step = 0; step < 40 && at < to; step += 1) {
    const judged = rule.judge(facts(at));
    expect({ at, result: judged.result }).toEqual({ at, result });
    at = judged.changesAt;
  }
}
