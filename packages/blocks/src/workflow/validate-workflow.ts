import type { WorkflowProblem } from '@perennial/contracts';
import { checkReferences, eventTypesIn } from './check-references.ts';
import type { WorkflowDefinition } from './definition.ts';
import { checkGraph } from './graph.ts';
import { parseWorkflow } from './parse-workflow.ts';
import { workflowProblem } from './problem.ts';
import type { WorkflowWorld } from './world.ts';

/** What publishing says to a definition. Paths are JSON pointers into it. */
export interface WorkflowVerdict {
  /** Set when there are no errors. */
  readonly definition: WorkflowDefinition | undefined;
  readonly errors: readonly WorkflowProblem[];
  readonly warnings: readonly WorkflowProblem[];
}

/** Checks everything that publishing demands. */
export function validateWorkflow(json: unknown, world: WorkflowWorld): WorkflowVerdict {
  const parsed = parseWorkflow(json);
  if (!parsed.ok) return { definition: undefined, errors: parsed.errors, warnings: [] };
  const { definition } = parsed;
  const errors = [
    ...checkGraph(definition),
    ...checkReferences(definition, world),
    ...notYetHonoured(definition),
  ];
  return {
    definition: errors.length > 0 ? undefined : definition,
    errors,
    warnings: unseenEvents(definition, world),
  };
}

/** Better refused on publish than ignored while running. */
function notYetHonoured({ start, limits }: WorkflowDefinition): WorkflowProblem[] {
  const problems: WorkflowProblem[] = [];
  if (start.type === 'event' && start.segment !== undefined) {
    problems.push(workflowProblem('/start/segment', 'Segments are not available yet.'));
  }
  if (limits.send_hours !== 'any') {
    problems.push(
      workflowProblem('/limits/send_hours', 'Send hours are not available yet; use "any".'),
    );
  }
  return problems;
}

/** Workflows are drawn before the app ships, so an unseen event is only worth knowing. */
function unseenEvents(definition: WorkflowDefinition, world: WorkflowWorld): WorkflowProblem[] {
  return eventTypesIn(definition)
    .filter(({ key }) => !world.eventType(key))
    .map(({ key, path, block }) => ({
      path,
      block,
      message: `No event ${key} has been seen yet.`,
    }));
}
