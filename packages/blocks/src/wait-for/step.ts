import { compileWhere, type EventTest, type Json } from '@perennial/conditions';
import type { SettingsOf } from '../block.ts';
import { afterDuration } from '../duration/after-duration.ts';
import { readLength } from '../duration/length.ts';
import { fail, next, wait, type Outcome } from '../outcome.ts';
import type { Step, StepContext, Visit } from '../step.ts';
import { heardOf, waitingSince } from '../waiting.ts';
import { awaitedBy, type waitForBlock } from './block.ts';

type Settings = SettingsOf<typeof waitForBlock>;

/**
 * A run that comes here looks back to when it was due, so that what happened while the step stood in
 * line is not missed; from then on facts end the wait, or time does.
 */
export const waitForStep: Step<Settings> = async (visits, context) => {
  const coming = visits.filter((visit) => !visit.waited);
  const heard = new Map([
    ...(await eventsOf(
      coming.filter(({ settings }) => awaitedBy(settings) === 'event'),
      context,
    )),
    ...(await answersOf(
      coming.filter(({ settings }) => awaitedBy(settings) !== 'event'),
      context,
    )),
  ]);
  return visits.map((visit) => {
    const found = visit.waited ? heardOf(visit.run, visit.block) : heard.get(visit);
    if (found !== undefined) return next('happened', { result: found, decidedBy: found });
    return visit.waited ? timedOut(visit) : beginWaiting(visit, context);
  });
};

function beginWaiting({ run, settings, cameAt }: Visit<Settings>, context: StepContext): Outcome {
  const timeout = readLength(settings.timeout, run, context);
  if ('problem' in timeout) return fail(timeout.problem);
  const until = afterDuration(context.now, timeout, context.workspaceZone(run));
  return wait(until, { result: waitingSince(cameAt) });
}

function timedOut({ run, block }: Visit<Settings>): Outcome {
  return next('timeout', { result: null, decidedBy: run.results[block] ?? null });
}

async function eventsOf(
  visits: readonly Visit<Settings>[],
  context: StepContext,
): Promise<[Visit<Settings>, Json][]> {
  const found = await context.firstEvents(
    visits.map(({ run, settings, cameAt }) => {
      const passes = testOf(settings);
      const clock = {
        now: context.now,
        workspaceZone: context.workspaceZone(run),
        contactZone: context.contactZone(run),
      };
      return {
        run,
        event: settings.event!,
        since: cameAt,
        passes: (content) => passes(content, clock),
        sameKey: settings.same_key ?? false,
      };
    }),
  );
  return visits.flatMap((visit, i) => (found[i] === undefined ? [] : [[visit, found[i]!]]));
}

/** The filter of a wait for an event. */
function testOf({ where }: Settings): EventTest {
  return where === undefined ? () => true : compileWhere(where);
}

async function answersOf(
  visits: readonly Visit<Settings>[],
  context: StepContext,
): Promise<[Visit<Settings>, Json][]> {
  if (visits.length === 0) return [];
  const answers = await context.evaluate(
    visits.map(({ run, settings }) => ({ run, node: nodeOf(settings) })),
  );
  return visits.flatMap((visit, i): [Visit<Settings>, Json][] => {
    const answer = answers[i]!;
    return 'result' in answer && answer.result ? [[visit, { already: true }]] : [];
  });
}

const nodes = new WeakMap<Settings, object>();

/** One node for each version's block, since what is compiled is kept by it. */
function nodeOf(settings: Settings): object {
  const known = nodes.get(settings);
  if (known) return known;
  const { segment, message_status: status } = settings;
  const node = status ? { type: 'message_status', ...status } : { type: 'segment', segment };
  nodes.set(settings, node);
  return node;
}
