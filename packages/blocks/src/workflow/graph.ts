import type { WorkflowProblem } from '@perennial/contracts';
import { findBlock } from '../registry.ts';
import type { Block, WorkflowDefinition } from './definition.ts';
import { exitPath } from './parse-workflow.ts';
import { blockProblem, workflowProblem } from './problem.ts';

/** What is wrong with how the blocks hang together. */
export function checkGraph(definition: WorkflowDefinition): WorkflowProblem[] {
  if (Object.keys(definition.blocks).length === 0) {
    return [workflowProblem('/blocks', 'A workflow needs at least one block.')];
  }
  const exits = checkExits(definition);
  // Reachability and loops of a graph with dangling exits would only repeat the same mistake.
  if (exits.length > 0) return exits;
  return [...checkReachable(definition), ...checkLoops(definition)];
}

function checkExits({ first, blocks }: WorkflowDefinition): WorkflowProblem[] {
  const entry = Object.hasOwn(blocks, first)
    ? []
    : [workflowProblem('/first', `The workflow begins with ${first}, which does not exist.`)];
  const exits = Object.entries(blocks).flatMap(([id, block]) => {
    const known = exitsOf(block);
    return Object.entries(block.exits).flatMap(([exit, target]) => {
      const name = `${labelOf(block)} ${id}`;
      if (!known.includes(exit)) {
        const list = known.length > 0 ? `its exits are ${known.join(', ')}` : 'it has no exits';
        return [blockProblem(id, exitPath(exit), `${name} has no exit ${exit}: ${list}.`)];
      }
      if (Object.hasOwn(blocks, target)) return [];
      const message = `The exit ${exit} of ${name} leads to ${target}, which does not exist.`;
      return [blockProblem(id, exitPath(exit), message)];
    });
  });
  return [...entry, ...exits];
}

function checkReachable({ first, blocks }: WorkflowDefinition): WorkflowProblem[] {
  const reached = new Set([first]);
  for (const id of reached) {
    for (const target of Object.values(blocks[id]!.exits)) reached.add(target);
  }
  return Object.entries(blocks)
    .filter(([id]) => !reached.has(id))
    .map(([id, block]) => blockProblem(id, '', `No path leads to ${labelOf(block)} ${id}.`));
}

/** Every loop needs a block in which a run can rest, else it would spin. */
function checkLoops({ blocks }: WorkflowDefinition): WorkflowProblem[] {
  const state = new Map<string, 'open' | 'done'>();
  const problems: WorkflowProblem[] = [];
  for (const id of Object.keys(blocks)) {
    const loop = findLoop(blocks, id, state);
    if (!loop) continue;
    const names = [...loop, loop[0]!].join(' → ');
    problems.push(
      blockProblem(loop[0]!, '', `The loop ${names} has no block that waits, such as a timer.`),
    );
  }
  return problems;
}

/** Depth first without recursion: a workflow may be a thousand blocks deep. */
function findLoop(
  blocks: WorkflowDefinition['blocks'],
  start: string,
  state: Map<string, 'open' | 'done'>,
): string[] | undefined {
  if (state.has(start) || isWaiting(blocks[start]!)) return undefined;
  const trail = [{ id: start, targets: targetsOf(blocks[start]!) }];
  state.set(start, 'open');
  while (trail.length > 0) {
    const top = trail.at(-1)!;
    const target = top.targets.shift();
    if (target === undefined) {
      state.set(top.id, 'done');
      trail.pop();
    } else if (state.get(target) === 'open') {
      const ids = trail.map(({ id }) => id);
      ids.forEach((id) => state.set(id, 'done'));
      return ids.slice(ids.indexOf(target));
    } else if (!state.has(target) && !isWaiting(blocks[target]!)) {
      state.set(target, 'open');
      trail.push({ id: target, targets: targetsOf(blocks[target]!) });
    }
  }
  return undefined;
}

function targetsOf(block: Block): string[] {
  return Object.values(block.exits);
}

function isWaiting(block: Block): boolean {
  return findBlock(block.type)!.waiting;
}

/** The exits of a block with its settings, in the order in which they are drawn. */
export function exitsOf(block: Block): readonly string[] {
  return findBlock(block.type)!.exits(block.settings);
}

function labelOf(block: Block): string {
  return findBlock(block.type)!.label;
}
