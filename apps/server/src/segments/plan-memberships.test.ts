import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Membership,
  MembershipAct,
  MembershipChange,
  MemberSegment,
} from './membership-change.ts';
import { planMemberships } from './plan-memberships.ts';

const WORKSPACE = 1;
const segments = new Map<number, MemberSegment>([
  segment(1, {}),
  segment(2, {}),
  segment(3, { archived: true }),
  segment(4, { kind: 'dynamic' }),
  segment(5, { workspaceId: 2 }),
]);

function segment(id: number, more: Partial<MemberSegment>): [number, MemberSegment] {
  const usual = { workspaceId: WORKSPACE, kind: 'list', archived: false } as const;
  return [id, { id, name: `segment ${id}`, ...usual, ...more }];
}

function change(contactId: number, at: number, act: MembershipAct): MembershipChange {
  return { contactId, workspaceId: WORKSPACE, at, source: 'api', cause: 'api', depth: 0, act };
}

/** The changes of every contact one by one, as sets of IDs: slow and obviously right. */
function model(changes: MembershipChange[], before: Membership[]) {
  const inside = new Set(before.filter((row) => row.member).map(pairOf));
  const aside = new Set(before.filter((row) => !row.member).map(pairOf));
  const log: string[] = [];
  const move = (pair: string, sign: '+' | '-') => {
    if (segments.get(Number(pair.split(' ')[1]))?.archived === false) log.push(`${sign}${pair}`);
  };
  const own = (set: Set<string>, contactId: number) =>
    [...set].filter((pair) => pair.startsWith(`${contactId} `));
  for (const { contactId, act } of changes) {
    if (act.kind === 'delete') {
      for (const pair of own(inside, contactId)) {
        inside.delete(pair);
        aside.add(pair);
        move(pair, '-');
      }
    } else if (act.kind === 'restore') {
      for (const pair of own(aside, contactId)) {
        aside.delete(pair);
        inside.add(pair);
        move(pair, '+');
      }
    } else if (act.segmentId === 1 || act.segmentId === 2) {
      const pair = `${contactId} ${act.segmentId}`;
      if (act.kind === 'enter' && !inside.has(pair)) {
        aside.delete(pair);
        inside.add(pair);
        move(pair, '+');
      }
      if (act.kind === 'leave') {
        aside.delete(pair);
        if (inside.delete(pair)) move(pair, '-');
      }
    }
  }
  return { inside: [...inside].toSorted(), aside: [...aside].toSorted(), log: log.toSorted() };
}

function pairOf({ contactId, segmentId }: Pick<Membership, 'contactId' | 'segmentId'>): string {
  return `${contactId} ${segmentId}`;
}

function outcome(changes: MembershipChange[], before: Membership[]) {
  const plan = planMemberships({ changes, memberships: before, segments });
  const rows = new Map(before.map((row) => [pairOf(row), row]));
  for (const row of plan.removed) rows.delete(pairOf(row));
  for (const row of plan.written) rows.set(pairOf(row), row);
  const pairs = (member: boolean) =>
    [...rows.values()]
      .filter((row) => row.member === member)
      .map(pairOf)
      .toSorted();
  const log = plan.moves.map(
    ({ change: { contactId }, segment: { id }, entered }) =>
      `${entered ? '+' : '-'}${contactId} ${id}`,
  );
  return { inside: pairs(true), aside: pairs(false), log: log.toSorted() };
}

const acts: fc.Arbitrary<MembershipAct> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('enter', 'leave'),
      segmentId: fc.constantFrom(1, 2, 3, 4, 5, 6),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'delete' }, { kind: 'restore' }) },
);

const stored = fc.uniqueArray(
  fc.record({
    contactId: fc.integer({ min: 1, max: 3 }),
    segmentId: fc.constantFrom(1, 2, 3),
    workspaceId: fc.constant(WORKSPACE),
    member: fc.boolean(),
    enteredAt: fc.constant(1),
    changesAt: fc.constant(null),
  }),
  { selector: ({ contactId, segmentId }) => `${contactId} ${segmentId}` },
);

const histories = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), acts), { maxLength: 30 })
  .map((list) => list.map(([contactId, act], at) => change(contactId, at + 10, act)));

describe('many changes at once', () => {
  test('do what they do one by one', () => {
    fc.assert(
      fc.property(histories, stored, (changes, before) => {
        expect(outcome(changes, before)).toEqual(model(changes, before));
      }),
      { numRuns: 500 },
    );
  });

  test('made again change nothing that is not made again itself', () => {
    fc.assert(
      fc.property(histories, stored, (changes, before) => {
        const entering = changes.filter(({ act }) => act.kind === 'enter');
        const plan = planMemberships({ changes: entering, memberships: before, segments });
        const removed = new Set(plan.removed);
        const rows = new Map<string, Membership>(
          before.filter((row) => !removed.has(row)).map((row) => [pairOf(row), row]),
        );
        for (const row of plan.written) rows.set(pairOf(row), row);
        const again = planMemberships({
          changes: entering,
          memberships: [...rows.values()],
          segments,
        });
        expect([again.written, again.removed, again.moves]).toEqual([[], [], []]);
      }),
    );
  });
});

test('an entry bears the instant at which it arrived, and keeps it', () => {
  const changes = [
    change(1, 50, { kind: 'enter', segmentId: 1 }),
    change(1, 60, { kind: 'enter', segmentId: 1 }),
  ];
  const { written, outcomes } = planMemberships({ changes, memberships: [], segments });
  expect(written).toMatchObject([{ enteredAt: 50, member: true }]);
  expect(outcomes).toEqual(['done', 'nothing']);
});
