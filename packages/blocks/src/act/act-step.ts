import { DAY_MS, isJsonObject, type Json, type JsonObject } from '@perennial/conditions';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import type { Act, ActAnswer, Step, StepContext, Visit } from '../step.ts';
import { heardOf, waitingSince } from '../waiting.ts';

/** What was not applied within this time was lost on the way: the run says so and does not hang. */
const PATIENCE_MS = DAY_MS;

/** What a block does for one run, or why it cannot. */
export type Planned = { readonly act: Act } | { readonly problem: string };

interface ActBlock<Settings> {
  readonly actOf: (visit: Visit<Settings>, context: StepContext) => Planned;
  /** By what became of it; `next` unless given. */
  readonly exitOf?: (told: JsonObject) => string;
  /** What of it the history tells; all unless given. */
  readonly seen?: (told: JsonObject) => JsonObject;
}

/** A step that does something by an item of the inbox, and goes on when that is applied. */
export function awaitedActStep<Settings>(block: ActBlock<Settings>): Step<Settings> {
  const { actOf, exitOf } = block;
  return async (visits, context) => {
    const planned = new Map(
      visits.flatMap((visit) => (visit.waited ? [] : [[visit, actOf(visit, context)] as const])),
    );
    const answers = await performAll(planned, context, { awaited: true });
    return visits.map((visit) => {
      if (visit.waited) return afterAct(visit, block);
      const answer = answers.get(visit)!;
      if (answer.kind === 'done') {
        return next('next', { result: answer.told, decidedBy: answer.told });
      }
      if (answer.kind === 'kept') {
        return wait(context.now + PATIENCE_MS, { result: waitingSince(context.now) });
      }
      return withoutAct(answer, planned.get(visit)!, exitOf);
    });
  };
}

/** A step that does something by an item of the inbox, and goes on at once. */
export function actStep<Settings>({ actOf }: ActBlock<Settings>): Step<Settings> {
  return async (visits, context) => {
    const planned = new Map(visits.map((visit) => [visit, actOf(visit, context)] as const));
    const answers = await performAll(planned, context, { awaited: false });
    return visits.map((visit) => {
      const answer = answers.get(visit)!;
      const plan = planned.get(visit)!;
      if (answer.kind !== 'kept' || 'problem' in plan) return withoutAct(answer, plan);
      const did = plan.act as unknown as Json;
      return next('next', { result: did, decidedBy: did });
    });
  };
}

async function performAll<Settings>(
  planned: ReadonlyMap<Visit<Settings>, Planned>,
  context: StepContext,
  { awaited }: { awaited: boolean },
): Promise<Map<Visit<Settings>, ActAnswer>> {
  const able = [...planned].flatMap(([visit, plan]) =>
    'act' in plan ? [{ visit, act: plan.act }] : [],
  );
  const answers = await context.perform(
    able.map(({ visit: { run, block }, act }) => ({ run, block, act, awaited })),
  );
  const byVisit = new Map(able.map(({ visit }, i) => [visit, answers[i]!]));
  return new Map(
    [...planned].map(([visit, plan]) => [
      visit,
      'problem' in plan ? { kind: 'refused', reason: plan.problem } : byVisit.get(visit)!,
    ]),
  );
}

/** A test run shows what would have been done. */
function withoutAct(
  answer: ActAnswer,
  plan: Planned,
  exitOf: ActBlock<unknown>['exitOf'] = () => 'next',
): Outcome {
  if (answer.kind === 'refused') return fail(answer.reason);
  const would = ('act' in plan ? plan.act : null) as unknown as Json;
  const told: JsonObject = { tested: true, ...(answer.kind === 'tested' && answer.told) };
  return next(exitOf(told), { result: told, decidedBy: { would } });
}

function afterAct<Settings>(
  { run, block }: Visit<Settings>,
  { exitOf = () => 'next', seen = (told) => told }: ActBlock<Settings>,
): Outcome {
  const told = heardOf(run, block);
  if (!isJsonObject(told)) return fail('was not applied within a day');
  const { failed } = told;
  if (typeof failed === 'string') return fail(failed, { decidedBy: seen(told) });
  return next(exitOf(told), { decidedBy: seen(told) });
}
