import type { WorkflowProblem } from '@perennial/contracts';
import { checkReferences, eventTypesIn } from './check-references.ts';
import { findBlock } from '../registry.ts';
import type { WorkflowDefinition } from './definition.ts';
import { checkGraph } from './graph.ts';
import { parseWorkflow } from './parse-workflow.ts';
import { blockProblem, workflowProblem } from './problem.ts';
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
    ...checkSegments(definition, world),
    ...checkStartField(definition, world),
  ];
  return {
    definition: errors.length > 0 ? undefined : definition,
    errors,
    warnings: [...unseenEvents(definition, world), ...missedConfirmations(definition, world)],
  };
}

/** Segments that the start and the stops mention; blocks' conditions are checked with the blocks. */
function checkSegments(
  { start, stop }: WorkflowDefinition,
  world: WorkflowWorld,
): WorkflowProblem[] {
  const mentioned = [
    ...('segment' in start && start.segment !== undefined
      ? [
          {
            segment: start.segment,
            path: '/start/segment',
            byEvent: start.type === 'event_segment',
          },
        ]
      : []),
    ...stop.flatMap((rule, i) =>
      rule.type === 'segment'
        ? [{ segment: rule.segment, path: `/stop/${i}/segment`, byEvent: false }]
        : [],
    ),
  ];
  return mentioned.flatMap(({ segment, path, byEvent }) => {
    if (!world.segment(segment)) {
      return [workflowProblem(path, `The segment ${segment} does not exist.`)];
    }
    if (byEvent || !world.takesEvent(segment)) return [];
    const why = 'takes values from an event, so it has no members of its own';
    return [workflowProblem(path, `The segment ${segment} ${why}: start by event and segment.`)];
  });
}

/** The field that the start looks at, and whether it can hold what the start asks for. */
function checkStartField({ start }: WorkflowDefinition, world: WorkflowWorld): WorkflowProblem[] {
  if (!('field' in start)) return [];
  const path = '/start/field';
  const field = world.fields(start.field);
  if (!field) return [workflowProblem(path, `The field ${start.field} does not exist.`)];
  if (start.type !== 'date') return [];
  return ['date', 'date_time', 'text'].includes(field.type)
    ? []
    : [workflowProblem(path, `The field ${start.field} holds no dates.`)];
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

/** Marketing goes to confirmed addresses, so it never asks for the confirmation that is missing. */
function missedConfirmations(
  { blocks }: WorkflowDefinition,
  world: WorkflowWorld,
): WorkflowProblem[] {
  return Object.entries(blocks).flatMap(([id, { type, settings }]) => {
    const { label, references } = findBlock(type)!;
    if ((settings as { transactional?: boolean }).transactional) return [];
    return (references?.(settings) ?? [])
      .filter((reference) => reference.kind === 'message' && world.message(reference.id)?.confirms)
      .map(({ path }) =>
        blockProblem(
          id,
          path,
          `${label} ${id}: The message asks to confirm the address, but goes to confirmed ones only: mark the block as transactional.`,
        ),
      );
  });
}
