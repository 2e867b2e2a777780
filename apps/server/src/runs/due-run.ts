import type { StepRun } from '@perennial/blocks/steps';
import type { EventContent } from '@perennial/conditions';
import type { JsonObject } from '../inbox/index.ts';
import { heardUpTo } from './fact-result.ts';
import type { RunRow } from './queries.ts';

/** A run while its steps are taken: held in memory, written once. */
export interface DueRun extends StepRun {
  readonly slot: number;
  readonly depth: number;
  /** Facts with greater IDs are news to it. */
  readonly heardUpTo: number;
  state: 'running' | 'waiting' | 'completed' | 'stopped' | 'failed';
  reason: string | null;
  block: string;
  /** It rested on its block, and the instant it waited for has come. */
  waited: boolean;
  /** Null once it has ended. */
  wakeAt: number | null;
  /** Visits made. */
  steps: number;
  results: JsonObject;
  resultsChanged: boolean;
}

export function toDueRun(row: RunRow): DueRun {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    contactId: row.contact_id,
    workflowId: row.workflow_id,
    version: row.version,
    key: row.key,
    startedAt: row.started_at.getTime(),
    test: row.test,
    trigger: triggerOf(row.context),
    slot: row.slot,
    depth: row.depth,
    heardUpTo: heardUpTo(row.context, row.results),
    state: row.state,
    reason: null,
    block: row.block,
    waited: row.state === 'waiting',
    wakeAt: row.wake_at.getTime(),
    steps: row.steps,
    results: row.results,
    resultsChanged: false,
  };
}

/** What `$event` leads into: `context` is what `startRuns` wrote. */
export function triggerOf(context: JsonObject): EventContent {
  const { params, key, source, context: tracking } = context;
  return {
    params: (params ?? {}) as JsonObject,
    key: typeof key === 'string' ? key : null,
    source: typeof source === 'string' ? source : null,
    context: (tracking ?? null) as JsonObject | null,
  };
}
