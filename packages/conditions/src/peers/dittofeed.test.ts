import { expect, test } from 'vitest';
import { checkDefinition } from '../check/check-definition.ts';
import { dittofeedCases } from './test-dittofeed-cases.ts';
import { fields, play } from './test-play.ts';

test.each(dittofeedCases.map((peerCase) => [peerCase.id, peerCase] as const))(
  '%s',
  (_id, peerCase) => {
    expect(play(peerCase)).toEqual(peerCase.steps.map((step) => [...step.members]));
  },
);

test('D34 a malformed path is refused when it is saved', () => {
  const include = { type: 'event', event: 'test', where: { param: 'a..b', op: 'is_set' } };
  expect(checkDefinition({ language: 1, include }, { fields }).ok).toBe(false);
});
