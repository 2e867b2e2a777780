import { describe, expect, test } from 'vitest';
import type { DueMembership } from '../../segments/index.ts';
import { splitCrowds } from './follow-crowd.ts';
import type { LiveRule } from './live-index.ts';

const MIDNIGHT = Date.UTC(2026, 9, 1);

function rule(segmentId: number, level = 0): LiveRule {
  return { segmentId, level, workspaceId: 1 } as LiveRule;
}

function due(contactId: number, segmentId: number, changesAt = MIDNIGHT): DueMembership {
  return { contactId, segmentId, workspaceId: 1, member: true, enteredAt: 0, changesAt };
}

const rules = new Map([rule(1), rule(2), rule(3, 1)].map((one) => [one.segmentId, one]));

function split(rows: DueMembership[], { crowd = 2, mentioned = [] as number[] } = {}) {
  const { crowds, others } = splitCrowds(rows, {
    ruleOf: ({ segmentId }) => rules.get(segmentId),
    isMentioned: ({ segmentId }) => mentioned.includes(segmentId),
    crowd,
  });
  return { crowds: crowds.map((one) => one.rows), others };
}

describe('who is due at one instant', () => {
  test('is a crowd, whatever other rules are due of it', () => {
    const rows = [due(1, 1), due(2, 1), due(1, 2), due(2, 2)];
    expect(split(rows)).toEqual({ crowds: [rows.slice(0, 2), rows.slice(2)], others: [] });
  });

  test('is none while they are few', () => {
    const rows = [due(1, 1), due(2, 1)];
    expect(split(rows, { crowd: 3 })).toEqual({ crowds: [], others: rows });
  });

  test('is asked one by one where two segments may move that another rule asks for: it is asked once', () => {
    const [both, more] = [
      [due(1, 1), due(1, 2)],
      [due(2, 1), due(3, 1)],
    ];
    expect(split([...both, ...more], { mentioned: [1, 2] })).toEqual({
      crowds: [more],
      others: both,
    });
  });

  test('is asked one by one where a rule that asks for segments is due, too', () => {
    const rows = [due(1, 1), due(1, 3), due(2, 1), due(3, 1)];
    expect(split(rows)).toEqual({ crowds: [rows.slice(2)], others: rows.slice(0, 2) });
  });

  test('does not pass what was due of the same contact before', () => {
    const rows = [due(1, 2, MIDNIGHT - 1), due(1, 1), due(2, 1), due(3, 1)];
    expect(split(rows)).toEqual({ crowds: [rows.slice(2)], others: rows.slice(0, 2) });
  });
});
