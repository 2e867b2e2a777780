import type { Step } from '@perennial/contracts';
import { START } from './graph.ts';

/** Where a run has been, for drawing over the graph. */
export interface RunPath {
  /** By block the instants at which the run left it, oldest first. */
  visits: ReadonlyMap<string, readonly string[]>;
  /** Edges taken, as `block/exit`. */
  edges: ReadonlySet<string>;
  /** The block it stands on, or nothing once it has ended. */
  at: string | null;
}

interface RunEnds {
  state: string;
  block: string | null;
}

/** The path of a run from its steps (oldest first) and where it stands. */
export function pathOf(run: RunEnds, steps: readonly Step[]): RunPath {
  const visits = new Map<string, string[]>();
  const edges = new Set([`${START}/next`]);
  for (const step of steps) {
    visits.set(step.block, [...(visits.get(step.block) ?? []), step.at]);
    if (step.exit) edges.add(`${step.block}/${step.exit}`);
  }
  const active = run.state === 'waiting' || run.state === 'running';
  return { visits, edges, at: active ? run.block : null };
}
