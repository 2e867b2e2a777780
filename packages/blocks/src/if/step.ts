import type { SettingsOf } from '../block.ts';
import { fail, next } from '../outcome.ts';
import type { Step } from '../step.ts';
import type { ifBlock } from './block.ts';

export const ifStep: Step<SettingsOf<typeof ifBlock>> = async (visits, { evaluate }) => {
  const answers = await evaluate(
    visits.map(({ run, settings }) => ({ run, node: settings.condition })),
  );
  return answers.map((answer) =>
    'problem' in answer
      ? fail(`the condition cannot be evaluated: ${answer.problem}`)
      : next(answer.result ? 'yes' : 'no', { decidedBy: answer.values }),
  );
};
