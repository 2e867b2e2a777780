import type { Db } from '../db/index.ts';
import { compileVersion } from './compile-version.ts';
import { loadEventRules } from './event-rules.ts';
import { readConfigVersions } from './queries.ts';
import type { WorkflowIndex, WorkspaceWorkflows } from './workflow-index.ts';

/**
 * An index that knows one definition and nothing else: no fact starts, stops or feeds anything by it.
 * Undefined if the definition does not parse.
 */
export async function rehearsalIndex(
  db: Db,
  {
    workspaceId,
    workflowId,
    version,
    definition,
  }: { workspaceId: number; workflowId: number; version: number; definition: unknown },
): Promise<WorkflowIndex | undefined> {
  const compiled = compileVersion({ workflowId, version, definition });
  const row = (await readConfigVersions(db)).find(({ id }) => id === workspaceId);
  if (!compiled || !row) return undefined;
  const rules = await loadEventRules(db, { workspaceIds: [workspaceId] });
  const workspace: WorkspaceWorkflows = {
    workspaceId,
    slug: row.slug,
    name: row.name,
    configVersion: row.config_version,
    zone: row.time_zone,
    currency: row.currency,
    eventTypes: new Set(),
    workflows: new Map(),
    startsByEvent: new Map(),
    stopsByEvent: new Map(),
    waitsByEvent: new Map(),
    dateStarts: [],
    eventRules: rules.get(workspaceId) ?? new Map(),
  };
  return {
    workspaces: new Map([[workspaceId, workspace]]),
    version: () => compiled,
    findVersion: () => compiled,
  };
}
