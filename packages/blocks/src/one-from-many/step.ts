import { isJsonObject, type Json, type JsonObject } from '@perennial/conditions';
import { durationMs } from '../duration/duration.ts';
import { settingText, termsOf } from '../message-block/message-step.ts';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import { readParameters } from '../parameter/read-parameter.ts';
import type { SendAnswer, SendWish, Step, StepContext, Visit } from '../step.ts';
import type { OneFromManySettings } from './block.ts';
import { believer, chooseVariant, pointOf, type Choice } from './choose.ts';

type Choosing = Visit<OneFromManySettings>;

/** A choice with its send, or why there is neither. */
interface Made {
  readonly visit: Choosing;
  readonly choice: Choice | string;
}

/**
 * Chooses a message and sends it like a message block. One whose send had to wait keeps what was
 * chosen; what was sent is noted, to be learnt from when its window closes.
 */
export const oneFromManyStep: Step<OneFromManySettings> = async (visits, context) => {
  const made = await chooseAll(visits, context);
  const sending = made.filter(
    (one): one is Made & { choice: Choice } => typeof one.choice !== 'string',
  );
  const answers = await context.decideSends(
    sending.map(({ visit, choice }) => wishOf(visit, choice, context)),
  );
  const answered = new Map(sending.map((one, i) => [one.visit, answers[i]!]));
  await context.noteChoices(
    sending.flatMap(({ visit, choice }) => {
      const { sendId, decision } = answered.get(visit)!;
      if (decision !== 'sent') return [];
      const { run, block, settings } = visit;
      const { messageId, probability, available } = choice;
      const window = durationMs(settings.goal.within);
      return [{ run, block, sendId, messageId, probability, available, window }];
    }),
  );
  return made.map(({ visit, choice }) =>
    typeof choice === 'string' ? fail(choice) : outcomeOf(choice, answered.get(visit)!),
  );
};

async function chooseAll(visits: readonly Choosing[], context: StepContext): Promise<Made[]> {
  const held = new Map(visits.map((visit) => [visit, heldChoice(visit)]));
  const choosing = visits.filter((visit) => !held.get(visit));
  const variants = await context.variantsFor(
    choosing.map(({ run, block, settings }) => ({
      run,
      block,
      channel: settings.channel,
      include: settings.include.map(Number),
      exclude: settings.exclude.map(Number),
      memoryDays: settings.memory,
    })),
  );
  const believe = believer();
  const chosen = new Map(
    choosing.map((visit, i) => {
      const posteriors = believe(variants[i]!);
      const point = pointOf(visit.run, visit.block, sentBefore(visit));
      return [visit, chooseVariant(variants[i]!, visit.settings, { posteriors, point })];
    }),
  );
  return visits.map((visit) => ({ visit, choice: held.get(visit) ?? chosen.get(visit)! }));
}

function wishOf(visit: Choosing, { messageId, seen }: Choice, context: StepContext): SendWish {
  const { run, block, settings } = visit;
  const held = heldResult(visit);
  const language = settingText(settings.language, run, context);
  return {
    run,
    block,
    messageId,
    channel: settings.channel,
    transactional: settings.transactional ?? false,
    terms: termsOf({ ...settings, app: settingText(settings.app, run, context) }),
    chosen: seen,
    ...(held && { heldSendId: Number(held['send']) }),
    ...(language !== undefined && { language }),
    ...(settings.data !== undefined && { data: readParameters(settings.data, run, context) }),
  };
}

/** Of a run that waited here with its send. */
function heldResult({ run, block, waited }: Choosing): JsonObject | undefined {
  const result = run.results[block];
  return waited && isJsonObject(result) && result['decision'] === 'held' ? result : undefined;
}

function heldChoice(visit: Choosing): Choice | undefined {
  const result = heldResult(visit);
  const choice = result?.['choice'];
  return isJsonObject(choice) ? (choice as unknown as Choice) : undefined;
}

/** What the run was sent by this block the last time, as text. */
function sentBefore({ run, block }: Choosing): string {
  const result = run.results[block];
  const send = isJsonObject(result) ? result['send'] : undefined;
  return typeof send === 'string' ? send : '';
}

function outcomeOf(
  choice: Choice,
  { decision, sendId, reason, holdUntil, reasons }: SendAnswer,
): Outcome {
  const result = { message: String(choice.messageId), send: String(sendId), decision };
  if (decision === 'held' && holdUntil !== undefined) {
    return wait(holdUntil, { result: { ...result, choice: choice as unknown as Json } });
  }
  const decidedBy: Json = { ...result, choice: choice.seen, reasons };
  if (decision === 'refused') return fail(reason ?? 'refused', { result, decidedBy });
  return next('next', { result, decidedBy });
}
