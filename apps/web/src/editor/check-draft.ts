import { checkGraph, parseWorkflow } from '@perennial/blocks';
import type { WorkflowProblem } from '@perennial/contracts';
import { blocksOf, drawnExits, type Draft } from './edit/draft.ts';

/**
 * What is wrong with a draft in itself, at once and without asking anybody: settings that are
 * missing or malformed, blocks to which nothing leads, loops that spin. What the workspace lacks
 * only the server knows.
 */
export function checkDraft(draft: Draft): WorkflowProblem[] {
  const parsed = parseWorkflow(draft);
  if (parsed.ok) return checkGraph(parsed.definition);
  return [...parsed.errors, ...unreached(draft)];
}

/** Of a draft that cannot be read as a whole yet. */
function unreached(draft: Draft): WorkflowProblem[] {
  const blocks = blocksOf(draft);
  const met = new Set<string>([String(draft['first'])]);
  for (const id of met) {
    for (const target of Object.values(drawnExits(blocks[id] ?? {}))) met.add(target);
  }
  return Object.keys(blocks)
    .filter((id) => !met.has(id))
    .map((id) => ({ path: `/blocks/${id}`, block: id, message: `No path leads to ${id}.` }));
}
