import { checkNode, contactConditions, fieldCatalogue } from '@perennial/conditions';
import { describe, expect, test } from 'vitest';
import { conditionOf, draftFrom, draftOf, type Draft } from './condition-draft.ts';
import { operatorsOf, type Subject } from './subjects.ts';

const subjects: Subject[] = [
  { key: 'segment', label: 'List', group: '', type: 'segment' },
  { key: 'category', label: 'Category', group: '', type: 'category' },
  { key: 'channel:email', label: 'Email', group: '', type: 'channel' },
  { key: 'field:city', label: 'City', group: '', type: 'text' },
  { key: 'field:custom.score', label: 'Score', group: '', type: 'number' },
  { key: 'field:custom.active', label: 'Active', group: '', type: 'boolean' },
  { key: 'field:created_at', label: 'Created', group: '', type: 'moment' },
  { key: 'field:custom.tags', label: 'Tags', group: '', type: 'list' },
];
const fields = fieldCatalogue({ score: 'decimal', active: 'boolean', tags: 'multiple_choice' });

function filled(draft: Draft, subject: Subject): Draft {
  const values = subject.type === 'number' ? ['1', '2'] : ['a', 'b'];
  if (subject.type === 'segment') return { ...draft, value: '7' };
  if (subject.type === 'category') return { ...draft, value: 'offers' };
  if (subject.type === 'channel') return draft;
  if (subject.type === 'boolean') return { ...draft, value: 'false' };
  if (subject.type === 'moment') return { ...draft, value: '2026-02-28', second: '2026-03-01' };
  const isNumber = subject.type === 'number';
  return { ...draft, values, value: isNumber ? '-1.5' : '(a)', second: isNumber ? '2' : 'b' };
}

const cases = subjects.flatMap((subject): [string, Draft, Subject][] => {
  const draft = draftOf(subject);
  if (['segment', 'category', 'channel'].includes(subject.type)) {
    return [false, true].map((negated) => [
      `${subject.key} ${negated}`,
      { ...filled(draft, subject), negated },
      subject,
    ]);
  }
  return operatorsOf(subject.type as 'text').map((op) => [
    `${subject.key} ${op}`,
    { ...filled(draft, subject), op },
    subject,
  ]);
});

describe('the form of a condition', () => {
  test.each(cases)('%s makes what the language takes, and reads it again', (_, draft, subject) => {
    const condition = conditionOf(draft, subject);
    const checked = checkNode(condition, { fields, types: contactConditions });
    expect(checked, JSON.stringify(checked)).toMatchObject({ ok: true });
    const again = draftFrom(condition!, subjects)!;
    expect(conditionOf(again, subject)).toEqual(condition);
  });

  test('has nothing to say while something is missing', () => {
    const city = subjects[3]!;
    expect(conditionOf(draftOf(city), city)).toBeUndefined();
    const score = subjects[4]!;
    expect(conditionOf({ ...draftOf(score), value: 'x' }, score)).toBeUndefined();
    expect(conditionOf(draftOf(subjects[0]!), subjects[0]!)).toBeUndefined();
  });

  test('shows no condition that it cannot make', () => {
    expect(draftFrom({ any: [] }, subjects)).toBeUndefined();
    expect(
      draftFrom({ type: 'field', field: 'custom.gone', op: 'is_set' }, subjects),
    ).toBeUndefined();
  });
});

test('a new condition about choices begins with an operator that its type has', () => {
  const choices = [{ value: 'a', label: 'A' }];
  for (const type of ['text', 'list'] as const) {
    const subject: Subject = { key: 'field:custom.tags', label: '', group: '', type, choices };
    expect(operatorsOf(type)).toContain(draftOf(subject).op);
  }
});
