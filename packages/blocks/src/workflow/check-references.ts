import {
  checkNode,
  leavesOf,
  takesEvent,
  workflowConditions,
  type BaseCondition,
  type Node,
} from '@perennial/conditions';
import type { WorkflowProblem } from '@perennial/contracts';
import type { BlockDefinition, Reference } from '../block.ts';
import { isReference, type ParameterReference } from '../parameter/parameter.ts';
import { findBlock } from '../registry.ts';
import type { Block, WorkflowDefinition } from './definition.ts';
import { blockProblem, pointer } from './problem.ts';
import { bringsEvent } from './starts.ts';
import type { WorkflowWorld } from './world.ts';

/** What the blocks mention and the workspace or the workflow lacks. */
export function checkReferences(
  definition: WorkflowDefinition,
  world: WorkflowWorld,
): WorkflowProblem[] {
  return Object.entries(definition.blocks).flatMap(([id, block]) => {
    const kind = findBlock(block.type)!;
    const found = [
      ...(kind.problems?.(block.settings) ?? []),
      ...(kind.references?.(block.settings) ?? []).flatMap((reference) => [
        ...checkReference(reference, world),
        ...checkVariables(reference, block, definition, world),
      ]),
      ...checkNodes(kind, block, definition, world),
      ...checkParameters(kind, block, definition, world),
    ];
    return found.map(({ path, message }) =>
      blockProblem(id, path, `${kind.label} ${id}: ${message}`),
    );
  });
}

interface Found {
  path: string;
  message: string;
}

function checkReference(reference: Reference, world: WorkflowWorld): Found[] {
  const { path } = reference;
  const problem = referenceProblems[reference.kind](reference as never, world);
  return problem === undefined ? [] : [{ path, message: problem }];
}

type Of<Kind extends Reference['kind']> = Extract<Reference, { kind: Kind }>;

/** What is wrong with what a block mentions, by its kind. */
const referenceProblems: {
  readonly [Kind in Reference['kind']]: (
    reference: Of<Kind>,
    world: WorkflowWorld,
  ) => string | undefined;
} = {
  message: messageProblem,
  field: fieldProblem,
  // Workflows are drawn before the app ships: an event that was never seen is only worth knowing.
  event: () => undefined,
  segment: ({ id }, world) => {
    if (!world.segment(id)) return `The segment ${id} does not exist.`;
    return world.takesEvent(id)
      ? `The segment ${id} takes values from an event, so it has no members of its own.`
      : undefined;
  },
  list: ({ id }, world) => (world.list(id) ? undefined : `The list ${id} does not exist.`),
  tag: ({ id }, world) => (world.tag(id) ? undefined : `The tag ${id} does not exist.`),
  workflow: ({ id }, world) =>
    world.workflow(id) ? undefined : `The workflow ${id} does not exist.`,
  category: ({ key }, world) =>
    world.category(key) ? undefined : `The category ${key} does not exist.`,
  channel: ({ key }, world) =>
    world.channel(key) ? undefined : `The channel ${key} does not exist.`,
  promo_pool: ({ id }, world) =>
    world.promoPool(id) ? undefined : `The pool ${id} does not exist, or is archived.`,
  secret({ id, origin }, world) {
    const given = world.secret(id);
    if (given === undefined) return 'The secret does not exist: give it again.';
    return given === origin
      ? undefined
      : 'The secret was given for another address: give it again.';
  },
};

function messageProblem(
  { id, channel }: Extract<Reference, { kind: 'message' }>,
  world: WorkflowWorld,
): string | undefined {
  const message = world.message(id);
  if (!message) return `The message ${id} does not exist.`;
  if (message.archived) return `The message ${id} is archived.`;
  if (channel !== undefined && message.channel !== channel)
    return `The message ${id} is for ${message.channel}, not for ${channel}.`;
  const [secret] = message.missing_secrets ?? [];
  if (secret === undefined) return undefined;
  return `The message ${id} fetches with the secret “${secret}”, which is not there.`;
}

/** What a message's templates read that neither a block of this workflow nor `data` gives. */
function checkVariables(
  reference: Reference,
  { settings }: Block,
  { blocks }: WorkflowDefinition,
  world: WorkflowWorld,
): Found[] {
  if (reference.kind !== 'message') return [];
  const { data } = settings as { data?: object };
  const given: Record<string, object> = { run: blocks, data: data ?? {} };
  return (world.message(reference.id)?.variables ?? []).flatMap(([root = '', name]) => {
    if (name === undefined || Object.hasOwn(given[root] ?? {}, name)) return [];
    const lacking = root === 'run' ? `there is no block ${name}` : 'the block does not give it';
    const message = `The message ${reference.id} uses ${root}.${name}, but ${lacking}.`;
    return [{ path: reference.path, message }];
  });
}

function fieldProblem(
  { key, writes }: Extract<Reference, { kind: 'field' }>,
  world: WorkflowWorld,
): string | undefined {
  if (!world.fields(key)) return `The field ${key} does not exist.`;
  return writes ? world.unwritable(key) : undefined;
}

function checkNodes(
  kind: BlockDefinition,
  block: Block,
  { start, blocks }: WorkflowDefinition,
  world: WorkflowWorld,
): Found[] {
  const withoutEvent = !bringsEvent(start);
  return (kind.nodes?.(block.settings) ?? []).flatMap(({ node, path }) => {
    const checked = checkNode(node, {
      fields: world.fields,
      segments: (id) => world.segment(id) && { usesEvent: withoutEvent && world.takesEvent(id) },
      categories: world.category,
      channels: world.channel,
      workflows: world.workflow,
      types: workflowConditions,
      withoutEvent,
    });
    if (!checked.ok) {
      return checked.issues.map((issue) => ({ path: path + issue.path, message: issue.message }));
    }
    if ([...leavesOf(checked.value)].length === 0) {
      return [{ path, message: 'The condition is empty.' }];
    }
    const unknown = [...leavesOf(checked.value)].flatMap((leaf) => blockProblemOf(leaf, blocks));
    if (unknown.length > 0) return unknown.map((message) => ({ path, message }));
    // Other conditions about the event than values taken from it.
    if (!withoutEvent || !takesEvent(checked.value, workflowConditions)) return [];
    return [{ path, message: `The condition asks for the event, but ${noEvent(start)}.` }];
  });
}

/** What a condition about the run itself mentions that is not drawn. */
function blockProblemOf(
  { type, block, param }: BaseCondition & { block?: string; param?: string },
  blocks: WorkflowDefinition['blocks'],
): string[] {
  if (type === 'run' && param !== undefined) {
    const [earlier] = /^[^.[]+/.exec(param) ?? [param];
    return Object.hasOwn(blocks, earlier) ? [] : [`The block ${earlier} does not exist.`];
  }
  if (type !== 'message_status' || block === undefined || block === 'any') return [];
  if (!Object.hasOwn(blocks, block)) return [`The block ${block} does not exist.`];
  return findBlock(blocks[block]!.type)!.group === 'message'
    ? []
    : [`The block ${block} sends no message.`];
}

/** Nothing of an event is known to runs of who is in a segment, or whose date has come. */
function noEvent(start: WorkflowDefinition['start']): string {
  if (start.type === 'date') return 'there is no event, since the workflow starts by a date';
  return start.type === 'segment' && start.mode === 'regular'
    ? 'there is no event, since the workflow starts at regular times'
    : 'there is no event, since the workflow starts by entering a segment';
}

/** Where settings take values from: fields that exist, blocks that exist. */
function checkParameters(
  kind: BlockDefinition,
  block: Block,
  definition: WorkflowDefinition,
  world: WorkflowWorld,
): Found[] {
  const skipped = (kind.nodes?.(block.settings) ?? []).map(({ path }) => path);
  return [...referencesIn(block.settings, [])].flatMap(({ reference, path }) => {
    const at = pointer(path);
    if (skipped.some((prefix) => at.startsWith(prefix))) return [];
    if ('$contact' in reference && !world.fields(reference.$contact)) {
      return [{ path: at, message: `The field ${reference.$contact} does not exist.` }];
    }
    if ('$event' in reference && !bringsEvent(definition.start)) {
      return [
        { path: at, message: `The block reads the event, but ${noEvent(definition.start)}.` },
      ];
    }
    if (!('$run' in reference)) return [];
    const earlier = /^[^.[]+/.exec(reference.$run)![0];
    if (Object.hasOwn(definition.blocks, earlier)) return [];
    return [{ path: at, message: `The block ${earlier} does not exist.` }];
  });
}

function* referencesIn(
  value: unknown,
  path: PropertyKey[],
): Generator<{ reference: ParameterReference; path: PropertyKey[] }> {
  if (isReference(value)) yield { reference: value, path };
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* referencesIn(item, [...path, key]);
  }
}

/** Event types that are mentioned anywhere, with the place. */
export function eventTypesIn({
  start,
  stop,
  blocks,
}: WorkflowDefinition): { key: string; path: string; block: string | null }[] {
  const started = 'event' in start ? [{ key: start.event, path: '/start/event', block: null }] : [];
  const stopped = stop.flatMap((rule, i) =>
    rule.type === 'event' ? [{ key: rule.event, path: `/stop/${i}/event`, block: null }] : [],
  );
  const named = Object.entries(blocks).flatMap(([id, block]) =>
    (findBlock(block.type)!.references?.(block.settings) ?? []).flatMap((reference) =>
      reference.kind === 'event'
        ? [{ key: reference.key, path: `/blocks/${id}${reference.path}`, block: id }]
        : [],
    ),
  );
  const asked = Object.entries(blocks).flatMap(([id, block]) =>
    (findBlock(block.type)!.nodes?.(block.settings) ?? []).flatMap(({ node, path }) =>
      [...leavesOf<BaseCondition & { event?: string }>(node as Node)].flatMap(({ type, event }) =>
        type === 'event' && typeof event === 'string'
          ? [{ key: event, path: `/blocks/${id}${path}`, block: id }]
          : [],
      ),
    ),
  );
  return [...started, ...stopped, ...named, ...asked];
}
