import type { JsonObject } from '@perennial/conditions';
import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { ContactWish, StepContext, StepRun } from '../step.ts';

const text = parameter(z.string().trim().min(1).max(500));

/** Another contact than the run's own, as the API names one. */
export const whomSchema = z.union(
  [z.strictObject({ external_id: text }), z.strictObject({ email: text })],
  { error: 'expected {"external_id": value} or {"email": value}' },
);

type Whom = z.output<typeof whomSchema>;

/** Who that is for one run. */
export function readWhom(
  whom: Whom | undefined,
  run: StepRun,
  context: StepContext,
): { contact?: ContactWish } | { problem: string } {
  if (whom === undefined) return {};
  const [kind, source] = Object.entries(whom)[0] as ['external_id' | 'email', unknown];
  const value = readParameter(source, run, context);
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).trim();
    if (text !== '') return { contact: { [kind]: text } as unknown as ContactWish };
  }
  return { problem: unreadable(`an ${kind}`, source, value) };
}

/** Parameters of an event or a start: the run's own unless the block says others. */
export const paramsSchema = z.record(z.string().max(200), z.json());

/** Reads the parameters that a block gives, else those of what started the run. */
export function paramsOr(given: JsonObject | undefined, run: StepRun): JsonObject {
  return given ?? run.trigger.params;
}
