import { quietEngine } from '../pipeline/quiet-engine.ts';
import type { Engine } from '../pipeline/index.ts';

/** The rooms that react to facts, joined for the pipeline. */
export function createEngine(_parts: { slots: number }): Engine {
  return quietEngine;
}
