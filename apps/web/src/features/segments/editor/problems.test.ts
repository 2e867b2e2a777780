import type { SegmentVocabulary } from '@perennial/contracts';
import { expect, test } from 'vitest';
import { ApiProblem } from '../../../api.ts';
import { vocabularyOf } from '../../conditions/vocabulary.ts';
import { cardsOf } from './board.ts';
import { problemsOf, serverProblems } from './problems.ts';
import { contentOf, documentOf, type SegmentDocument } from './segment-document.ts';

const given: SegmentVocabulary = {
  fields: [],
  event_types: [],
  channels: [],
  categories: [],
  segments: [],
  workflows: [],
  messages: [],
  tags: [],
  apps: [],
  time_zone: 'UTC',
  currency: 'EUR',
};
const vocabulary = vocabularyOf(given, { channel: (key) => key, value: (_field, value) => value });
const t = (id: string) => id;

const found = (document: SegmentDocument) => problemsOf(contentOf(document), vocabulary, t);

function rule(...conditions: object[]): SegmentDocument {
  return documentOf({ language: 1, include: { all: conditions } });
}

test('what is missing is told at its condition, in words', () => {
  const document = rule(
    { type: 'field', field: 'city', op: 'is_set' },
    { type: 'field', field: 'city', op: 'equals' },
  );
  const [, second] = document.kind === 'cards' ? cardsOf(document.board)[0]!.items : [];
  expect(found(document)).toEqual([
    {
      path: '/include/all/1/value',
      message: 'segments.editor.missing.value',
      severity: 'error',
      item: second!.id,
    },
  ]);
});

test.each<[object, string]>([
  [{ type: 'field', field: 'created_at', op: 'between', value: ['2026-05-01', null] }, 'value'],
  [{ type: 'event', event: 'E', period: { kind: 'before' } }, 'day'],
  [{ type: 'event', event: 'E', period: { kind: 'last', unit: 'day' } }, 'number'],
  [{ type: 'event', event: 'E', measure: { kind: 'sum', op: 'less', value: 1 } }, 'param'],
  [
    { type: 'event', event: 'E', measure: { kind: 'count', op: 'less', value: { $event: '' } } },
    'param',
  ],
])('%j: a %s is missing', (condition, what) => {
  const messages = found(rule(condition)).map(({ message }) => message);
  expect(messages).toContain(`segments.editor.missing.${what}`);
});

test('what is there and wrong is told as the check tells it', () => {
  const [problem] = found(rule({ type: 'segment', segment: '9' }));
  expect(problem?.message).toMatch(/there is no segment "9"/);
});

test('what the server finds is placed, too', () => {
  const document = rule({ type: 'field', field: 'city', op: 'is_set' });
  const error = new ApiProblem({
    status: 422,
    errors: [
      { path: '/definition/include/all/0', message: 'a cycle' },
      { path: '/name', message: 'taken' },
    ],
  });
  const problems = serverProblems(contentOf(document), error, [
    { path: '/include/all/0', message: 'unseen' },
  ]);
  expect(
    problems.map(({ message, severity, item }) => [message, severity, item !== undefined]),
  ).toEqual([
    ['a cycle', 'error', true],
    ['unseen', 'warning', true],
  ]);
});
