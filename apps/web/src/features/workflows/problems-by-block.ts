import type { WorkflowProblem } from '@perennial/contracts';
import type { BlockProblem } from '../../editor/canvas/drawing.ts';
import { START } from '../../editor/graph.ts';

export interface Problems {
  errors: readonly WorkflowProblem[];
  warnings: readonly WorkflowProblem[];
}

/** What each block, or the start, says on the canvas: its errors, or failing those its warnings. */
export function problemsByBlock(problems: Problems | undefined): ReadonlyMap<string, BlockProblem> {
  const marks = new Map<string, BlockProblem>();
  const { errors = [], warnings = [] } = problems ?? {};
  for (const error of errors) add(marks, error, true);
  for (const warning of warnings) add(marks, warning, false);
  return marks;
}

function add(marks: Map<string, BlockProblem>, problem: WorkflowProblem, severe: boolean): void {
  const block = placeOf(problem);
  if (block === null) return;
  const before = marks.get(block);
  if (before && before.severe !== severe) return;
  const message = before ? `${before.message}\n${problem.message}` : problem.message;
  marks.set(block, { message, severe });
}

/** The block on which a problem is shown; what starts and stops a run is shown on the start. */
export function placeOf({ block, path }: WorkflowProblem): string | null {
  if (block !== null) return block;
  return /^\/(start|stop|limits|first)(\/|$)/.test(path) ? START : null;
}
