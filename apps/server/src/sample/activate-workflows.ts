import type { Pool } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { activateWorkflow, publishWorkflow } from '../workflows/index.ts';
import { findIdsByKey } from './queries.ts';
import { sampleWorkflows } from './workflows/sample-workflows.ts';

/** Publishes what was never published, and switches on what is off. */
export async function activateWorkflows(
  pool: Pool,
  { workspaceId, by }: { workspaceId: number; by: Origin },
): Promise<void> {}
