import { instantText, isJsonObject, type Json, type JsonObject } from '@perennial/conditions';
import type { StepRun } from './step.ts';

/** What a run that waits for something is kept with: since when. What ends the wait replaces it. */
export function waitingSince(instant: number): JsonObject {
  return { since: instantText(instant) };
}

/** What ended the wait of a run on this block; undefined: time did. */
export function heardOf(run: StepRun, block: string): Json | undefined {
  const result = run.results[block];
  return isJsonObject(result) && Object.hasOwn(result, 'since') ? undefined : result;
}
