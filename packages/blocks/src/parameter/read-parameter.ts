import {
  isJsonObject,
  pathOf,
  valuesAt,
  type EventContent,
  type Json,
} from '@perennial/conditions';
import type { StepContext, StepRun } from '../step.ts';
import { isReference, type ParameterReference } from './parameter.ts';

/** The value of a setting for one run; undefined is no value. */
export function readParameter(
  parameter: unknown,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): Json | undefined {
  return isReference(parameter)
    ? readReference(parameter, run, context)
    : (parameter as Json | undefined);
}

function readReference(
  reference: ParameterReference,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): Json | undefined {
  if ('$event' in reference) return valueAt(reference.$event, run.trigger);
  if ('$run' in reference) return valueAt(reference.$run, { params: run.results });
  return context.field(run, reference.$contact) ?? undefined;
}

/** A path with `[]` gives the list of all it leads to. */
function valueAt(text: string, content: EventContent): Json | undefined {
  const path = pathOf(text);
  const values = valuesAt(path, content);
  if (path.many) return values;
  return values[0] ?? undefined;
}

/** Reads every reference in a JSON value, however deep; what has no value becomes null. */
export function readParameters(
  value: unknown,
  run: StepRun,
  context: Pick<StepContext, 'field'>,
): Json {
  if (isReference(value)) return readReference(value, run, context) ?? null;
  if (Array.isArray(value)) return value.map((item) => readParameters(item, run, context));
  if (!isJsonObject(value)) return value as Json;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, readParameters(item, run, context)]),
  );
}
