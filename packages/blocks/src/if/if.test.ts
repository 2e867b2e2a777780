import { describe, expect, test } from 'vitest';
import { aContext, aRun, aVisit } from '../test-step.ts';
import { ifStep } from './step.ts';

const condition = { type: 'field', field: 'email', op: 'is_set' };

describe('if', () => {
  test('goes on by the answer and remembers what it saw', async () => {
    const visits = [1, 2].map((id) => aVisit({ condition }, { run: aRun({ id }) }));
    const outcomes = await ifStep(
      visits,
      aContext({
        evaluate: async (questions) => {
          expect(questions.map((question) => question.node)).toEqual([condition, condition]);
          return questions.map(({ run }) => ({ result: run.id === 1, values: { saw: run.id } }));
        },
      }),
    );
    expect(outcomes).toEqual([
      { kind: 'next', exit: 'yes', decidedBy: { saw: 1 } },
      { kind: 'next', exit: 'no', decidedBy: { saw: 2 } },
    ]);
  });

  test('fails when there is no answer', async () => {
    const evaluate = async () => [{ problem: 'unknown field "custom.x"' }];
    const [outcome] = await ifStep([aVisit({ condition })], aContext({ evaluate }));
    expect(outcome).toEqual({
      kind: 'fail',
      reason: 'the condition cannot be evaluated: unknown field "custom.x"',
    });
  });
});
