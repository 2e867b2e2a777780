import { resume } from './test-reference-calendar.ts';
import { end } from './test-reference-facts.ts';
import { isMemberAt } from './test-reference-segments.ts';
import { isActive, type RefRun, type RefState, type RefWorkflow } from './test-reference-state.ts';
import type { Publication } from './test-scenario.ts';

/** A new version serves what starts from now on; answers how runs of the one before follow it. */
export function publish(
  state: RefState,
  { workflow, definition, moves }: Publication,
  now: number,
): () => void {
  const before = state.workflows[workflow]!;
  const after = definition as unknown as RefWorkflow;
  state.workflows[workflow] = after;
  const contacts = [...state.contacts.values()];
  for (const { dates } of contacts) dates.delete(workflow);
  resume(state, workflow, now);
  if (asksAnew(before, after) && state.states[workflow] === 'active') {
    noteMembers(state, workflow, now);
  }
  return () => {
    if (moves === undefined) return;
    const runs = contacts.flatMap((contact) => contact.runs).filter(isActive);
    for (const run of runs) if (run.version === before) move(state, run, { after, moves, now });
  };
}

/** The new version asks for those who are members, and the one before did not. */
function asksAnew({ start: before }: RefWorkflow, { start }: RefWorkflow): boolean {
  return before['existing'] !== true || before['segment'] !== start['segment'];
}

/** Who is in the segment by now starts too, if the workflow asks for that. */
export function noteMembers(state: RefState, workflow: number, now: number): void {
  const { start } = state.workflows[workflow]!;
  const { segment } = start;
  if (start['existing'] !== true) return;
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
  if (!kept && moves === 'end') return end(state, run, 'moved', now);
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
