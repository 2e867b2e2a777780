import type { Json } from '@perennial/conditions';
import { awaitedActStep, type Planned } from '../act/act-step.ts';
import type { SettingsOf } from '../block.ts';
import { fail, next, type Outcome } from '../outcome.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import type { FieldRefusal, FieldWrite, Step, StepContext, Visit } from '../step.ts';
import { changesOf, IDENTIFYING, type updateFieldsBlock } from './block.ts';
import { newValue } from './new-value.ts';

type Settings = SettingsOf<typeof updateFieldsBlock>;

interface Plan {
  readonly writes: readonly FieldWrite[];
  readonly problem: string | undefined;
}

/**
 * A contact's changes are made together: one that cannot be computed leaves all of them undone. What
 * the contact is found by is written by the resolver alone, in its turn, and the run waits for that.
 */
export const updateFieldsStep: Step<Settings> = async (visits, context) => {
  const plans = visits.map((visit) => planOf(visit, context));
  const ready = plans.map(({ writes }, i) =>
    visits[i]!.waited ? [] : writes.filter(({ field }) => !IDENTIFYING.has(field)),
  );
  const refusals = await context.writeFields(ready.flat());
  let at = 0;
  const outcomes = plans.map((plan, i) => {
    const own = refusals.slice(at, at + ready[i]!.length);
    at += ready[i]!.length;
    return outcomeOf(plan, ready[i]!, own);
  });
  return identified(visits, plans, outcomes, context);
};

/** The outcomes, in which those wait that change what the contact is found by. */
async function identified(
  visits: readonly Visit<Settings>[],
  plans: readonly Plan[],
  outcomes: readonly Outcome[],
  context: StepContext,
): Promise<readonly Outcome[]> {
  const asking = visits.flatMap((visit, i) =>
    outcomes[i]!.kind === 'next' && plans[i]!.writes.some(({ field }) => IDENTIFYING.has(field))
      ? [{ visit, i }]
      : [],
  );
  if (asking.length === 0) return outcomes;
  const planned = new Map(asking.map(({ visit, i }) => [visit, actOf(plans[i]!)]));
  const step = awaitedActStep<Settings>({ actOf: (visit) => planned.get(visit)! });
  const told = await step(
    asking.map(({ visit }) => visit),
    context,
  );
  const byVisit = new Map(asking.map(({ i }, n) => [i, told[n]!]));
  return outcomes.map((outcome, i) => byVisit.get(i) ?? outcome);
}

function actOf({ writes }: Plan): Planned {
  const fields = writes.filter(({ field }) => IDENTIFYING.has(field));
  return {
    act: {
      act: 'identifiers',
      fields: Object.fromEntries(fields.map(({ field, value }) => [field, value])),
    },
  };
}

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

function outcomeOf(
  { problem }: Plan,
  writes: readonly FieldWrite[],
  refusals: readonly FieldRefusal[],
): Outcome {
  const refused = writes.flatMap(({ field }, i) =>
    refusals[i] === undefined ? [] : [`${field}: ${refusals[i]}`],
  );
  const reason = problem ?? (refused.length > 0 ? refused.join('; ') : undefined);
  if (reason !== undefined) return fail(reason);
  const written: Json = Object.fromEntries(writes.map(({ field, value }) => [field, value]));
  return next('next', { result: written, decidedBy: written });
}
