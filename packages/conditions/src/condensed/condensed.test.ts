import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkNode } from '../check/check-definition.ts';
import type { BaseCondition } from '../conditions/condition-type.ts';
import type { EventCondition } from '../conditions/event.ts';
import { compileRule, type CompiledRule } from '../evaluate/compile-rule.ts';
import type { EventFact, Facts } from '../facts.ts';
import { fieldCatalogue } from '../fields.ts';
import { NOW, anyEvent, anyNode } from '../test-arbitraries.ts';
import { leavesOf } from '../tree.ts';
import { condense } from './condense.ts';
import { type CondensedEvents, type CondensedPart, condensedEvents } from './condensed-events.ts';
import {
  type CondensedQuestion,
  compileCondensed,
  condensedKeyOf,
  condensedQuestionOf,
} from './condensed-question.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fields = fieldCatalogue({
  plan: 'text',
  score: 'decimal',
  active: 'boolean',
  trial_end: 'date',
  seen: 'date_time',
  tags: 'multiple_choice',
});

/** Many events of one type, close together. */
const busyEvents: fc.Arbitrary<EventFact[]> = fc.array(
  fc.record({
    event: fc.constant('Opened'),
    occurredAt: fc.oneof(
      fc.integer({ min: NOW - 3 * HOUR, max: NOW }),
      fc.integer({ min: NOW - 9 * DAY, max: NOW }),
    ),
    params: fc.record({ p: fc.oneof(fc.integer({ min: -5, max: 9 }), fc.constant('0.1')) }),
  }),
  { minLength: 20, maxLength: 60 },
);

const limits = fc.record({
  op: fc.constantFrom('equals', 'greater', 'less', 'less_or_equal', 'not_equals'),
  value: fc.integer({ min: 0, max: 20 }),
});
const aggregates = fc
  .tuple(fc.constantFrom('count', 'sum', 'average', 'min', 'max'), limits)
  .map(([kind, limit]) => ({ kind, ...(kind !== 'count' && { param: 'p' }), ...limit }));
const zones = fc.record(
  { zone: fc.constantFrom('UTC', 'contact', 'Asia/Kathmandu') },
  { requiredKeys: [] },
);
const rolling = fc.record({
  kind: fc.constantFrom('last', 'longer_ago'),
  n: fc.integer({ min: 1, max: 5 }),
  unit: fc.constantFrom('hour', 'day'),
});
const units = fc
  .record({ n: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom('day', 'week') })
  .chain((rest) => zones.map((zone) => ({ kind: 'previous', ...rest, ...zone })));
const calendar = fc
  .tuple(fc.constantFrom('today', 'yesterday'), zones)
  .map(([kind, zone]) => ({ kind, ...zone }));
const ends = fc
  .tuple(fc.integer({ min: 1, max: 9 * DAY }), fc.integer({ min: 0, max: DAY }))
  .map(([long, ago]) => ({
    kind: 'between',
    from: new Date(NOW - ago - long).toISOString(),
    to: new Date(NOW - ago).toISOString(),
  }));
const busyAsked = fc.oneof(
  fc.record({ measure: aggregates, period: fc.oneof(rolling, units, calendar, ends) }),
  fc.record({
    measure: fc.record({ kind: fc.constant('streak'), each: aggregates }),
    period: units,
  }),
);
/** What few events do not decide. */
const busyNode = fc.tuple(busyAsked, fc.boolean()).map(([asked, filtered]) => ({
  type: 'event',
  event: 'Opened',
  ...asked,
  ...(filtered && { where: { param: 'p', op: 'greater', value: 2 } }),
}));

interface Whole {
  events: readonly EventFact[];
  partMs: number;
}

/** What a loader would keep of the events, and how it would open a part. */
function kept(question: CondensedQuestion, { events, partMs }: Whole) {
  const numbersOf = compileCondensed(question);
  const passing = events.filter((one) => one.event === question.event && numbersOf(one));
  const partOf = ({ occurredAt }: EventFact): number => Math.floor(occurredAt / partMs);
  const parts = [...Map.groupBy(passing, partOf)].map(([part, own]) =>
    own.reduce<CondensedPart | undefined>(
      (known, one) => condense(known, { part, at: one.occurredAt, numbers: numbersOf(one)! }),
      undefined,
    ),
  );
  const history = condensedEvents(question.event, parts as CondensedPart[]);
  const open = (): void => {
    for (const wanted of history.wanted()) {
      history.open(
        wanted,
        passing.filter((one) => partOf(one) === wanted.part),
      );
    }
  };
  return { history, open };
}

/** The answer when no part is wanted any more. */
function judge(rule: CompiledRule, whole: Whole, conditions: EventCondition[], facts: Facts) {
  const histories = new Map<string, ReturnType<typeof kept>>();
  for (const condition of conditions) {
    const question = condensedQuestionOf(condition);
    if (question) histories.set(condensedKeyOf(condition)!, kept(question, whole));
  }
  const condensed = new Map<string, CondensedEvents>(
    [...histories].map(([key, { history }]) => [key, history]),
  );
  for (;;) {
    const judged = rule.judge({ ...facts, condensed });
    if ([...histories.values()].every(({ history }) => history.wanted().length === 0)) {
      return { judged, usesParts: histories.size > 0 };
    }
    for (const { open } of histories.values()) open();
  }
}

test('parts of a history say what all its events say, and never too late when that changes', () => {
  let condensed = 0;
  fc.assert(
    fc.property(
      fc.oneof(anyNode, busyNode, busyNode),
      fc.oneof(fc.array(anyEvent, { minLength: 3, maxLength: 30 }), busyEvents),
      fc.oneof(
        fc.integer({ min: NOW, max: NOW + DAY }),
        fc.integer({ min: NOW - DAY, max: NOW + 40 * DAY }),
      ),
      fc.constantFrom(HOUR, DAY, 30 * DAY),
      (input, events, now, partMs) => {
        const checked = checkNode(input, { fields });
        if (!checked.ok) return;
        const conditions = [...leavesOf<BaseCondition>(checked.value)].filter(
          (leaf): leaf is EventCondition => leaf.type === 'event',
        );
        const rule = compileRule(checked.value, { fields });
        const byType = Map.groupBy(events, ({ event }) => event);
        const factsAt = (at: number): Facts => ({
          now: at,
          workspaceZone: 'Europe/Kyiv',
          contactZone: 'Australia/Lord_Howe',
          fields: {},
          events: byType,
        });
        for (let at = now, step = 0; step < 12 && Number.isFinite(at); step += 1) {
          const { result } = rule.judge(factsAt(at));
          const { judged, usesParts } = judge(rule, { events, partMs }, conditions, factsAt(at));
          if (usesParts) condensed += 1;
          expect({ at, result: judged.result }).toEqual({ at, result });
          expect(judged.changesAt).toBeGreaterThan(at);
          expectSame(rule, { from: at, to: judged.changesAt, factsAt });
          at = judged.changesAt;
        }
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
  expect(condensed).toBeGreaterThan(500);
});

/** By the account of all events the answer does not change between the two instants. */
function expectSame(
  rule: CompiledRule,
  { from, to, factsAt }: { from: number; to: number; factsAt: (at: number) => Facts },
): void {
  const { result, changesAt } = rule.judge(factsAt(from));
  let at = changesAt;
  for (let step = 0; step < 40 && at < to; step += 1) {
    const judged = rule.judge(factsAt(at));
    expect({ at, result: judged.result }).toEqual({ at, result });
    at = judged.changesAt;
  }
}
