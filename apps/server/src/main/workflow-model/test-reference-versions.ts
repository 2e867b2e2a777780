import { resume } from './test-reference-calendar.ts';
import { end } from './test-reference-facts.ts';
import { isMemberAt } from './test-reference-segments.ts';
import { isActive, type RefRun, type RefState, type RefWorkflow } from './test-reference-state.ts';
import type { Publication } from './test-scenario.ts';

/** A new version serves what starts from now on; runs of the one before may follow it. */
export function publish(
  state: RefState,
  { workflow, definition, moves }: Publication,
  now: number,
): void {
  const before = state.workflows[workflow]!;
  const after = definition as unknown as RefWorkflow;
  state.workflows[workflow] = after;
  const contacts = [...state.contacts.values()];
  for (const { dates } of contacts) dates.delete(workflow);
  resume(state, workflow, now);
  noteMembers(state, workflow, before, now);
  if (moves === undefined) return;
  const runs = contacts.flatMap((contact) => contact.runs).filter(isActive);
  for (const run of runs) if (run.version === before) move(state, run, { after, moves, now });
}

/**
 * Who is in the segment starts too, if the new version asks for that and the one before did not; a
 * workflow that is paused makes nothing up.
 */
function noteMembers(state: RefState, workflow: number, before: RefWorkflow, now: number): void {
  const { start } = state.workflows[workflow]!;
  const { segment } = start;
  if (start['existing'] !== true || state.states[workflow] !== 'active') return;
  if (before.start['existing'] === true && before.start['segment'] === segment) return;
  for (const contact of state.contacts.values()) {
    if (isMemberAt(state, contact, segment as string, now)) {
      state.members.push({ who: contact.who, workflow, at: now });
    }
  }
}

/** One that stays on the same kind of block goes on waiting; any other comes to its block anew. */
function move(
  state: RefState,
  run: RefRun,
  { after, moves, now }: { after: RefWorkflow; moves: 'end' | 'first'; now: number },
): void {
  const kept = Object.hasOwn(after.blocks, run.block);
  if (!kept && moves === 'end') return end(state, run, 'stopped', now);
  const target = kept ? run.block : 'b0';
  const { type } = run.version.blocks[run.block]!;
  run.version = after;
  if (kept && run.rests && after.blocks[target]!.type === type) return;
  run.steps.push({ block: run.block, exit: 'moved', at: now });
  run.block = target;
  run.state = 'running';
  run.wake = now;
  run.rests = false;
  run.since = undefined;
  run.heard = false;
  run.awaits = false;
  run.told = undefined;
}
