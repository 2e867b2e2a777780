import { readNumber } from '@perennial/conditions';
import { z } from 'zod';
import { isLiquid, isReference, parameter, referenceText } from '../parameter/parameter.ts';
import { readParameter } from '../parameter/read-parameter.ts';
import { unreadable } from '../parameter/unreadable.ts';
import type { StepContext, StepRun } from '../step.ts';
import {
  durationSchema,
  MOST_DURATION_MS,
  unitSchema,
  UNIT_MS,
  type Duration,
} from './duration.ts';

/** A length of time whose number may come from somewhere. */
export const lengthSchema = z
  .strictObject({ n: parameter(durationSchema.shape.n), unit: unitSchema })
  .refine(({ n, unit }) => typeof n !== 'number' || n * UNIT_MS[unit] <= MOST_DURATION_MS, {
    path: ['n'],
    error: 'expected at most 100 years',
  });

export type Length = z.output<typeof lengthSchema>;

/** How long that is for one run; numbers may come as texts. */
export function readLength(
  { n, unit }: Length,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): Duration | { readonly problem: string } {
  const found = readParameter(n, run, context);
  const number = Number(readNumber(found) ?? Number.NaN);
  const fits =
    Number.isInteger(number) && number >= 0 && number * UNIT_MS[unit] <= MOST_DURATION_MS;
  return fits ? { n: number, unit } : { problem: unreadable('a number of units', n, found) };
}

/** What a text says of it: `{amount} ${UNITS}`. A number that is not known yet stands in the plural. */
export function lengthText({ n, unit }: Length): Record<string, string | number> {
  const known = typeof n === 'number';
  return { n: known ? n : 2, amount: sourceText(n), unit };
}

/** A setting as the definition writes it. */
export function sourceText(value: unknown): string {
  if (isReference(value)) return referenceText(value);
  return isLiquid(value) ? value.trim() : String(value);
}
