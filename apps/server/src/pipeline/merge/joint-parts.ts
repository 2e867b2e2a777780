import type { BatchEngine } from '../apply/engine.ts';

/** What it takes to make merges and to take them back. */
export interface JointParts {
  engine: BatchEngine;
  slots: number;
  now: Date;
}
