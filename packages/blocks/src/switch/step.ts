import type { SettingsOf } from '../block.ts';
import { fail, next, type Outcome } from '../outcome.ts';
import type { Answer, Step } from '../step.ts';
import type { switchBlock } from './block.ts';

/** All conditions of all visits are asked at once; the first that is true decides. */
export const switchStep: Step<SettingsOf<typeof switchBlock>> = async (visits, { evaluate }) => {
  const answers = await evaluate(
    visits.flatMap(({ run, settings }) => settings.conditions.map((node) => ({ run, node }))),
  );
  let at = 0;
  return visits.map(({ settings }) => {
    const own = answers.slice(at, at + settings.conditions.length);
    at += settings.conditions.length;
    return decide(own);
  });
};

/** A condition without an answer is no matter behind one that is true. */
function decide(answers: readonly Answer[]): Outcome {
  for (const [i, answer] of answers.entries()) {
    if ('problem' in answer) {
      return fail(`condition ${i + 1} cannot be evaluated: ${answer.problem}`);
    }
    if (answer.result) return next(String(i + 1), { decidedBy: answer.values });
  }
  return next('else', {
    decidedBy: {
      conditions: answers.flatMap((answer) => ('values' in answer ? [answer.values] : [])),
    },
  });
}
