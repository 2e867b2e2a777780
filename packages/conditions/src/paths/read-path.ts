import type { EventContent } from '../facts.ts';
import { type Json, isJsonObject } from '../json.ts';
import type { Path, PathStep } from './path.ts';

/** Says whether a value passes; may be asked about a path that leads nowhere (undefined). */
export type ValueQuestion = (value: Json | undefined) => boolean;

/**
 * Whether some value that the path leads to passes. A path without `[]` leads to one value or to
 * nothing; nothing is asked once, as undefined.
 */
export function someValue(path: Path, event: EventContent, passes: ValueQuestion): boolean {
  const root = rootOf(path, event);
  return path.many ? someFrom(root, path.steps, 0, passes) : passes(follow(root, path.steps));
}

/** All that the path leads to, in order; empty when it leads nowhere. */
export function valuesAt(path: Path, event: EventContent): Json[] {
  const values: Json[] = [];
  someValue(path, event, (value) => {
    if (value !== undefined) values.push(value);
    return false;
  });
  return values;
}

function rootOf(path: Path, event: EventContent): Json | undefined {
  const root = event[path.root];
  return root ?? undefined;
}

function follow(root: Json | undefined, steps: readonly PathStep[]): Json | undefined {
  let value = root;
  for (const step of steps) {
    value = takeStep(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

function takeStep(value: Json | undefined, step: PathStep): Json | undefined {
  if (step.kind === 'key') {
    return isJsonObject(value) && Object.hasOwn(value, step.key) ? value[step.key] : undefined;
  }
  return step.kind === 'index' && Array.isArray(value) ? (value as Json[])[step.index] : undefined;
}

function someFrom(
  value: Json | undefined,
  steps: readonly PathStep[],
  at: number,
  passes: ValueQuestion,
): boolean {
  const step = steps[at];
  if (step === undefined) return passes(value);
  if (step.kind !== 'each') {
    const next = takeStep(value, step);
    return next !== undefined && someFrom(next, steps, at + 1, passes);
  }
  if (!Array.isArray(value)) return false;
  return (value as Json[]).some((element) => someFrom(element, steps, at + 1, passes));
}
