import { isJsonObject, type Json } from '@perennial/conditions';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import { readParameter, readParameters } from '../parameter/read-parameter.ts';
import type { SendAnswer, SendWish, Step, StepContext, StepRun, Visit } from '../step.ts';
import type { MessageSettings } from './define-message-block.ts';

/**
 * Makes the send with its gates. The run goes on as soon as the send is made: what rendering or the
 * provider says later is the delivery's status.
 */
export function messageStep(channel: string): Step<MessageSettings> {
  return async (visits, context) => {
    const wishes = visits.map((visit) => wishOf(visit, channel, context));
    const answers = await context.decideSends(wishes);
    return answers.map(outcomeOf);
  };
}

function wishOf(
  { run, block, settings, waited }: Visit<MessageSettings>,
  channel: string,
  context: StepContext,
): SendWish {
  const app = settingText(settings.app, run, context);
  const language = settingText(settings.language, run, context);
  return {
    run,
    block,
    messageId: Number(settings.message),
    channel,
    transactional: settings.transactional ?? false,
    terms: termsOf({ ...settings, app }),
    ...(waited && heldBy(run, block)),
    ...(language !== undefined && { language }),
    ...(settings.data !== undefined && { data: readParameters(settings.data, run, context) }),
  };
}

/** A setting without a value is as one that was left out. */
export function settingText(
  setting: unknown,
  run: StepRun,
  context: StepContext,
): string | undefined {
  const found = readParameter(setting, run, context);
  const text = typeof found === 'string' ? found.trim() : '';
  return text === '' ? undefined : text;
}

/** What the block says about how its message leaves. */
export function termsOf(
  settings: Omit<MessageSettings, 'message' | 'app'> & { app?: string | undefined },
): SendWish['terms'] {
  return {
    ...(settings.send_hours !== undefined && { send_hours: settings.send_hours }),
    ...(settings.ttl !== undefined && { ttl: settings.ttl }),
    ...(settings.priority !== undefined && { priority: settings.priority }),
    ...(settings.addresses !== undefined && { addresses: settings.addresses }),
    ...(settings.app !== undefined && { app: settings.app }),
  };
}

/** The send that the run waits for on this block. */
function heldBy(run: StepRun, block: string): { heldSendId?: number } {
  const result = run.results[block];
  if (!isJsonObject(result) || result['decision'] !== 'held') return {};
  return { heldSendId: Number(result['send']) };
}

function outcomeOf({ decision, sendId, reason, holdUntil, reasons }: SendAnswer): Outcome {
  const result: Json = { send: String(sendId), decision };
  if (decision === 'held' && holdUntil !== undefined) return wait(holdUntil, { result });
  const decidedBy: Json = { send: String(sendId), decision, reasons };
  if (decision === 'refused') return fail(reason ?? 'refused', { result, decidedBy });
  return next('next', { result, decidedBy });
}
