import type { Db } from '../db/index.ts';
import { compileVersion, type CompiledEventStop, type CompiledVersion } from './compile-version.ts';
import type { CompiledWait } from './compile-waits.ts';
import { loadEventRules, type EventRules } from './event-rules.ts';
import {
  readConfigVersions,
  readPublished,
  readVersions,
  type ConfigVersionRow,
  type PublishedRow,
} from './queries.ts';

/** A workflow that was published, and what the engine may do with it now. */
export interface LiveWorkflow {
  readonly id: number;
  readonly workspaceId: number;
  readonly state: PublishedRow['state'];
  /** What new runs follow. Undefined for an archived workflow, and for one that does not parse. */
  readonly published: CompiledVersion | undefined;
}

/** A stop of one version, which acts on the runs of that version. */
export interface LiveStop {
  readonly workflow: LiveWorkflow;
  readonly version: CompiledVersion;
  readonly stop: CompiledEventStop;
}

/** What runs of one version wait for on a block. */
export interface LiveWait {
  readonly workflow: LiveWorkflow;
  readonly version: CompiledVersion;
  readonly wait: CompiledWait;
}

/** All that the engine knows of a workspace, as of one config_version. */
export interface WorkspaceWorkflows {
  readonly workspaceId: number;
  readonly slug: string;
  readonly name: string;
  readonly configVersion: number;
  readonly zone: string;
  readonly currency: string;
  /** Event types that a start, a stop or a wait mentions. */
  readonly eventTypes: ReadonlySet<string>;
  readonly workflows: ReadonlyMap<number, LiveWorkflow>;
  /** Workflows that a fact of this type may start. */
  readonly startsByEvent: ReadonlyMap<string, readonly LiveWorkflow[]>;
  /** Stops of all versions that may still have runs. */
  readonly stopsByEvent: ReadonlyMap<string, readonly LiveStop[]>;
  /** Waits of all versions that may still have runs. */
  readonly waitsByEvent: ReadonlyMap<string, readonly LiveWait[]>;
  /** Workflows that dates of contacts start. */
  readonly dateStarts: readonly LiveWorkflow[];
  /** Segments that take values from an event. */
  readonly eventRules: EventRules;
}

/** One state of all workspaces' workflows; a batch uses one from its beginning to its end. */
export interface WorkflowIndex {
  readonly workspaces: ReadonlyMap<number, WorkspaceWorkflows>;
  /** A published version; throws for one that does not exist. */
  readonly version: (workflowId: number, version: number) => CompiledVersion;
  readonly findVersion: (workflowId: number, version: number) => CompiledVersion | undefined;
}

/** Workflows compiled in this process, read again where config_version has moved. */
export interface WorkflowCache {
  /**
   * Call it once the batch's slots are locked: a change that was committed before is then seen,
   * whoever worked on the slots last.
   */
  load: (db: Db) => Promise<WorkflowIndex>;
}

export function createWorkflowCache(): WorkflowCache {
  const versions = new Map<string, CompiledVersion>();
  let workspaces: ReadonlyMap<number, WorkspaceWorkflows> = new Map();

  const findVersion: WorkflowIndex['findVersion'] = (workflowId, version) =>
    versions.get(`${workflowId} ${version}`);

  function versionOf(workflowId: number, version: number): CompiledVersion {
    const found = findVersion(workflowId, version);
    if (!found) throw new Error(`Workflow ${workflowId} has no compiled version ${version}.`);
    return found;
  }

  async function compileMissing(db: Db, rows: PublishedRow[]): Promise<void> {
    const known = rows.filter((row) => row.state !== 'archived');
    const all = await readVersions(db, {
      workflowIds: known.map((row) => row.id),
      known: [...versions.values()],
    });
    for (const row of all) {
      const { workflow_id: workflowId, version, definition } = row;
      const compiled = compileVersion({ workflowId, version, definition });
      if (compiled) versions.set(`${workflowId} ${version}`, compiled);
    }
  }

  return {
    async load(db) {
      const current = await readConfigVersions(db);
      const stale = current.filter(
        (row) => workspaces.get(row.id)?.configVersion !== row.config_version,
      );
      if (stale.length > 0 || current.length !== workspaces.size) {
        const workspaceIds = stale.map((row) => row.id);
        const rows = await readPublished(db, { workspaceIds });
        await compileMissing(db, rows);
        const rules = await loadEventRules(db, { workspaceIds });
        const fresh = new Map(
          stale.map((row) => {
            const own = rows.filter((published) => published.workspace_id === row.id);
            const workflows = arrange(row, own, [...versions.values()], findVersion);
            return [row.id, { ...workflows, eventRules: rules.get(row.id) ?? NO_RULES }];
          }),
        );
        workspaces = new Map(
          current.map((row) => [row.id, fresh.get(row.id) ?? workspaces.get(row.id)!]),
        );
      }
      return { workspaces, version: versionOf, findVersion };
    },
  };
}

const NO_RULES: EventRules = new Map();

function arrange(
  { id, slug, name, config_version, time_zone, currency }: ConfigVersionRow,
  rows: PublishedRow[],
  versions: CompiledVersion[],
  findVersion: WorkflowIndex['findVersion'],
): Omit<WorkspaceWorkflows, 'eventRules'> {
  const workflows = new Map<number, LiveWorkflow>();
  const startsByEvent = new Map<string, LiveWorkflow[]>();
  const stopsByEvent = new Map<string, LiveStop[]>();
  const waitsByEvent = new Map<string, LiveWait[]>();
  const dateStarts: LiveWorkflow[] = [];
  for (const row of rows) {
    const isLive = row.state === 'active' || row.state === 'paused';
    const published = isLive ? findVersion(row.id, row.published_version) : undefined;
    const workflow: LiveWorkflow = {
      id: row.id,
      workspaceId: id,
      // One that this release cannot read rests until one that can is installed.
      state: isLive && !published ? 'paused' : row.state,
      published,
    };
    workflows.set(row.id, workflow);
    if (!isLive) continue;
    const { event, orEvent } = published?.factStart ?? {};
    if (event !== undefined) append(startsByEvent, event, workflow);
    if (orEvent !== undefined) append(startsByEvent, orEvent, workflow);
    if (published?.definition.start.type === 'date') dateStarts.push(workflow);
    for (const version of versions) {
      if (version.workflowId !== row.id) continue;
      for (const stop of version.eventStops) {
        append(stopsByEvent, stop.event, { workflow, version, stop });
      }
      for (const wait of version.waits) {
        append(waitsByEvent, wait.event, { workflow, version, wait });
      }
    }
  }
  return {
    workspaceId: id,
    slug,
    name,
    configVersion: config_version,
    zone: time_zone,
    currency,
    eventTypes: new Set([
      ...startsByEvent.keys(),
      ...stopsByEvent.keys(),
      ...waitsByEvent.keys(),
      ...(dateStarts.length > 0 ? DATE_FACTS : []),
    ]),
    workflows,
    startsByEvent,
    stopsByEvent,
    waitsByEvent,
    dateStarts,
  };
}

/** Facts by which dates of contacts become others. */
const DATE_FACTS = ['FieldChanged', 'ContactCreated'];

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
