import type { SettingsProblem } from '../block.ts';
import { findBlock } from '../registry.ts';
import { limitsSchema } from './limits.ts';
import { issuesOf } from './problem.ts';
import { startSchemas } from './starts.ts';
import { stopSchemas } from './stops.ts';
import type { z } from 'zod';

/**
 * What one part of a definition says wrong by itself, while it is being written. What it names may
 * still be missing in the workspace: that is told by `validateWorkflow`. Paths are JSON pointers below
 * the part.
 */
export function checkSettings(type: string, settings: unknown): readonly SettingsProblem[] {
  const kind = findBlock(type);
  if (!kind) return [{ path: '', message: `${JSON.stringify(type)} is not a kind of block` }];
  const parsed = kind.settings.safeParse(settings);
  return parsed.success ? (kind.problems?.(parsed.data) ?? []) : issuesOf(parsed.error);
}

/** What is wrong with a way to start. */
export function checkStart(start: Readonly<Record<string, unknown>>): readonly SettingsProblem[] {
  return checkKind(startSchemas, start);
}

/** What is wrong with a way to stop. */
export function checkStop(stop: Readonly<Record<string, unknown>>): readonly SettingsProblem[] {
  return checkKind(stopSchemas, stop);
}

/** What is wrong with who may start, and how often. */
export function checkLimits(limits: unknown): readonly SettingsProblem[] {
  const parsed = limitsSchema.safeParse(limits);
  return parsed.success ? [] : issuesOf(parsed.error);
}

function checkKind(
  schemas: Readonly<Record<string, z.ZodType>>,
  part: Readonly<Record<string, unknown>>,
): readonly SettingsProblem[] {
  const { type } = part;
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    const known = Object.keys(schemas).join(', ');
    return [{ path: '/type', message: `expected one of ${known}` }];
  }
  const parsed = schemas[type]!.safeParse(part);
  return parsed.success ? [] : issuesOf(parsed.error);
}
