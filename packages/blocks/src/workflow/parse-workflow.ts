import type { WorkflowProblem } from '@perennial/contracts';
import type { z } from 'zod';
import type { BlockType } from '../registry.ts';
import { findBlock } from '../registry.ts';
import {
  blockFrameSchema,
  workflowFrameSchema,
  type Block,
  type WorkflowDefinition,
} from './definition.ts';
import { blockProblem, issuesOf, pointer, workflowProblem } from './problem.ts';
import { startSchemas, type Start } from './starts.ts';
import { stopSchemas, type Stop } from './stops.ts';

/** A definition whose every part has its shape, or all that has not. */
export type ParsedWorkflow =
  | { readonly ok: true; readonly definition: WorkflowDefinition }
  | { readonly ok: false; readonly errors: readonly WorkflowProblem[] };

/** Reads a definition. Says nothing yet about whether its parts fit together. */
export function parseWorkflow(json: unknown): ParsedWorkflow {
  const frame = workflowFrameSchema.safeParse(json);
  if (!frame.success) return { ok: false, errors: frameProblems(frame.error) };
  const errors: WorkflowProblem[] = [];
  const { start, stop, blocks, notes: _, ...rest } = frame.data;
  const definition = {
    ...rest,
    start: parseKind<Start>(startSchemas, start, '/start', errors),
    stop: stop.map((entry, i) => parseKind<Stop>(stopSchemas, entry, `/stop/${i}`, errors)),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([id, block]) => [id, parseBlock(id, block, errors)]),
    ),
  };
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, definition: definition as WorkflowDefinition };
}

function frameProblems(error: z.ZodError): WorkflowProblem[] {
  return issuesOf(error).map(({ path, message }) => {
    const block = /^\/blocks\/([^/]+)/.exec(path)?.[1];
    return { path, block: block ?? null, message };
  });
}

function parseKind<Value>(
  schemas: Readonly<Record<string, z.ZodType>>,
  json: { type: string },
  path: string,
  errors: WorkflowProblem[],
): Value | undefined {
  if (!Object.hasOwn(schemas, json.type)) {
    const known = Object.keys(schemas).join(', ');
    errors.push(
      workflowProblem(`${path}/type`, `${JSON.stringify(json.type)} is not one of ${known}`),
    );
    return undefined;
  }
  const parsed = schemas[json.type]!.safeParse(json);
  if (parsed.success) return parsed.data as Value;
  errors.push(...issuesOf(parsed.error).map((i) => workflowProblem(path + i.path, i.message)));
  return undefined;
}

function parseBlock(id: string, json: object, errors: WorkflowProblem[]): Block | undefined {
  const frame = blockFrameSchema.safeParse(json);
  if (!frame.success) {
    errors.push(...issuesOf(frame.error).map((i) => blockProblem(id, i.path, i.message)));
    return undefined;
  }
  const kind = findBlock(frame.data.type);
  if (!kind) {
    const name = JSON.stringify(frame.data.type);
    errors.push(blockProblem(id, '/type', `${name} is not a kind of block`));
    return undefined;
  }
  const settings = kind.settings.safeParse(settingsOf(json));
  if (!settings.success) {
    errors.push(
      ...issuesOf(settings.error).map((i) =>
        blockProblem(id, i.path, `${kind.label} ${id}: ${i.message}`),
      ),
    );
    return undefined;
  }
  return {
    type: frame.data.type as BlockType,
    settings: settings.data,
    exits: drawnExits(frame.data.exits),
  } as Block;
}

/** A block's members that are its kind's own. */
function settingsOf(json: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json).filter(([key]) => !Object.hasOwn(blockFrameSchema.shape, key)),
  );
}

function drawnExits(exits: Readonly<Record<string, string | null | undefined>>) {
  return Object.fromEntries(
    Object.entries(exits).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** The pointer to a block's exit. */
export function exitPath(exit: string): string {
  return pointer(['exits', exit]);
}
