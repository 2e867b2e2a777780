import { end } from './test-reference-facts.ts';
import {
  contactOf,
  isActive,
  note,
  type RefContact,
  type RefRun,
  type RefState,
} from './test-reference-state.ts';
import type { Who } from './test-scenario.ts';

/** The nth of the runs that were somebody's from the beginning and are as they must be, workflow by workflow. */
export function runOf(
  state: RefState,
  { who, n }: { who: Who; n: number },
  isMeant: (run: RefRun) => boolean,
): RefRun | undefined {
  const own = contactOf(state, who).runs.filter((run) => run.who === who && isMeant(run));
  return own.toSorted((a, b) => a.workflow - b.workflow || a.id - b.id)[n % own.length];
}

export function hasFailed({ state }: RefRun): boolean {
  return state === 'failed';
}

export function endByHand(state: RefState, run: RefRun, now: number): void {
  if (!isActive(run)) return;
  note(state, 'run is ended by hand');
  end(state, run, 'by hand', now);
}

/**
 * A run that failed tries its block again; not where the workflow is archived, nor beside a run that would have
 * kept it from starting.
 */
export function retry(state: RefState, contact: RefContact, run: RefRun, now: number): void {
  if (!hasFailed(run) || state.states[run.workflow] === 'archived') return;
  const alone = run.version.limits['one_at_a_time'] ?? true;
  const inTheWay = contact.runs.filter(
    (other) =>
      other.workflow === run.workflow &&
      isActive(other) &&
      (alone === 'contact' || other.key === run.key),
  );
  if (alone !== false && inTheWay.length > 0) return note(state, 'retry is refused');
  note(state, 'run is retried');
  run.state = 'running';
  run.endedAt = undefined;
  run.rests = false;
  run.wake = now;
}

/** Runs that began until the wish; answers whether there was a wish. */
export function steerAll(state: RefState, now: number): boolean {
  const steering = state.steering.splice(0);
  for (const { workflow, what, at } of steering) {
    note(state, what === 'stop' ? 'all runs are ended' : 'all failed runs are retried');
    for (const contact of state.contacts.values()) {
      const meant = contact.runs.filter((run) => run.workflow === workflow && run.startedAt <= at);
      for (const run of meant) {
        if (what === 'stop') endByHand(state, run, now);
        else retry(state, contact, run, now);
      }
    }
  }
  return steering.length > 0;
}
