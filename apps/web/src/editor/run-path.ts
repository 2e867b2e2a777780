import type { Step } from '@perennial/contracts';
import { START } from './graph.ts';

/** Where a run has been, for drawing over the graph. */
export interface RunPath {
  /** By block the instants at which the run left it, oldest first. */
  visits: ReadonlyMap<string, readonly string[]>;
  /** Edges taken, as `block/exit`. */
  edges: ReadonlySet<string>;
  /** By block why it failed when the run was there last, whether the run went on or not. */
  failures: ReadonlyMap<string, string>;
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
  const last = new Map(steps.map((step) => [step.block, step]));
  const failures = [...last.values()].flatMap((step): [string, string][] => {
    const reason = failureOf(step);
    return reason === undefined ? [] : [[step.block, reason]];
  });
  const active = run.state === 'waiting' || run.state === 'running';
  return { visits, edges, failures: new Map(failures), at: active ? run.block : null };
}

/** What a block that failed leaves in the values seen. */
function failureOf({ decided_by: seen }: Step): string | undefined {
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen)) return undefined;
  const { failed } = seen as { failed?: unknown };
  return typeof failed === 'string' ? failed : undefined;
}
