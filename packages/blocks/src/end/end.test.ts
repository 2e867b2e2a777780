import { expect, test } from 'vitest';
import { aContext, aVisit } from '../test-step.ts';
import { endStep } from './step.ts';

test('end completes the run, with a reason if one is given', async () => {
  const outcomes = await endStep([aVisit({}), aVisit({ reason: 'bought' })], aContext({}));
  expect(outcomes).toEqual([{ kind: 'end' }, { kind: 'end', reason: 'bought' }]);
});
