import type { Json } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { fail, next, type Outcome } from '../outcome.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import type { FieldRefusal, FieldWrite, Step, StepContext, Visit } from '../step.ts';
import { changesOf, type updateFieldsBlock } from './block.ts';
import { newValue } from './new-value.ts';

type Settings = SettingsOf<typeof updateFieldsBlock>;

interface Plan {
  readonly writes: readonly FieldWrite[];
  readonly problem: string | undefined;
}

/** A contact's changes are made together: one that cannot be computed leaves all of them undone. */
export const updateFieldsStep: Step<Settings> = async (visits, context) => {
  const plans = visits.map((visit) => planOf(visit, context));
  const refusals = await context.writeFields(plans.flatMap((plan) => plan.writes));
  let at = 0;
  return plans.map((plan) => {
    const own = refusals.slice(at, at + plan.writes.length);
    at += plan.writes.length;
    return outcomeOf(plan, own);
  });
};

function planOf({ run, settings }: Visit<Settings>, context: StepContext): Plan {
  const writes: FieldWrite[] = [];
  for (const { field, operation, value } of changesOf(settings)) {
    const operand = readParameter(value, run, context);
    const result = newValue(operation, context.field(run, field), operand);
    if (!result.ok) return { writes: [], problem: `${field} ${result.reason}` };
    writes.push({ run, field, value: result.value });
  }
  return { writes, problem: undefined };
}

function outcomeOf({ writes, problem }: Plan, refusals: readonly FieldRefusal[]): Outcome {
  const refused = writes.flatMap(({ field }, i) =>
    refusals[i] === undefined ? [] : [`${field}: ${refusals[i]}`],
  );
  const reason = problem ?? (refused.length > 0 ? refused.join('; ') : undefined);
  if (reason !== undefined) return fail(reason);
  const written: Json = Object.fromEntries(writes.map(({ field, value }) => [field, value]));
  return next('next', { result: written, decidedBy: written });
}
