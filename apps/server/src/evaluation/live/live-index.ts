import {
  checkDefinition,
  compileRule,
  mentions,
  segmentConditions,
  type CompiledRule,
  type Definition,
  type FieldCatalogue,
} from '@perennial/conditions';
import { fieldTypesOf, readCustomRules } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import { readLiveDefinitions, usesEvent, type LiveDefinition } from '../../segments/index.ts';
import { EVERYTHING } from './touch.ts';

/** A version of a dynamic segment whose members are kept as facts arrive. */
export interface LiveRule {
  segmentId: number;
  workspaceId: number;
  version: number;
  /** Its computation has not ended: what it says is kept apart until it has. */
  computing: boolean;
  definition: Definition;
  rule: CompiledRule;
  /** What it mentions. */
  keys: ReadonlySet<string>;
  /** Above that of every segment that it mentions: asked after them, it is asked once. */
  level: number;
}

/** The rules of one workspace, as of one config_version. */
export interface WorkspaceRules {
  configVersion: number;
  zone: string;
  currency: string;
  /** With which the rules were checked. */
  fields: FieldCatalogue;
  /** Rules that mention a key; those under `EVERYTHING` are all. */
  byKey: ReadonlyMap<string, readonly LiveRule[]>;
  /** The rule whose members are kept. */
  kept: ReadonlyMap<number, LiveRule>;
  /** Rules whose computation has not ended. */
  computing: ReadonlyMap<number, LiveRule>;
}

/** One state of all workspaces' rules; a batch uses one from its beginning to its end. */
export type LiveIndex = ReadonlyMap<number, WorkspaceRules>;

/** Rules compiled in this process, read again where config_version has moved. */
export interface LiveCache {
  /**
   * Call it once the batch's slots are locked: a change that was committed before is then seen,
   * whoever worked on the slots last.
   */
  load: (db: Db) => Promise<LiveIndex>;
}

export function createLiveCache(): LiveCache {
  let index: LiveIndex = new Map();
  return {
    async load(db) {
      const current = await readWorkspaces(db);
      const isStale = (row: WorkspaceState) => index.get(row.id)?.configVersion !== row.version;
      if (current.length === index.size && !current.some(isStale)) return index;
      const stale = current.filter(isStale);
      const definitions = await readLiveDefinitions(db, {
        workspaceIds: stale.map((row) => row.id),
      });
      const fresh = new Map<number, WorkspaceRules>();
      for (const row of stale) {
        const own = definitions.filter((definition) => definition.workspaceId === row.id);
        fresh.set(row.id, await compileWorkspace(db, row, own));
      }
      index = new Map(current.map(({ id }) => [id, fresh.get(id) ?? index.get(id)!]));
      return index;
    },
  };
}

interface WorkspaceState {
  id: number;
  version: number;
  zone: string;
  currency: string;
}

async function readWorkspaces(db: Db): Promise<WorkspaceState[]> {
  const { rows } = await db.query<WorkspaceState>({
    name: 'live_workspaces',
    text: `select id, config_version as version, time_zone as zone, currency from workspaces`,
    values: [],
  });
  return rows;
}

async function compileWorkspace(
  db: Db,
  { id, version, zone, currency }: WorkspaceState,
  definitions: readonly LiveDefinition[],
): Promise<WorkspaceRules> {
  const fields = fieldTypesOf(
    definitions.length > 0 ? await readCustomRules(db, { workspaceId: id }) : new Map(),
  );
  const rules = compileAll(id, definitions, fields);
  const byKey = new Map<string, LiveRule[]>([[EVERYTHING, rules]]);
  for (const rule of rules) {
    for (const key of rule.keys) {
      const known = byKey.get(key);
      if (known) known.push(rule);
      else byKey.set(key, [rule]);
    }
  }
  const bySegment = (some: LiveRule[]) => new Map(some.map((rule) => [rule.segmentId, rule]));
  return {
    configVersion: version,
    zone,
    currency,
    fields,
    byKey,
    kept: bySegment(rules.filter((rule) => !rule.computing)),
    computing: bySegment(rules.filter((rule) => rule.computing)),
  };
}

function compileAll(
  workspaceId: number,
  definitions: readonly LiveDefinition[],
  fields: FieldCatalogue,
): LiveRule[] {
  const types = segmentConditions;
  const compiled = definitions.flatMap(versionsOf).flatMap(({ definition, ...version }) => {
    const checked = checkDefinition(definition, { fields, types });
    // A field that it names is gone or has another type: its members stay as they are.
    if (!checked.ok) return [];
    // It is true of nobody while no event is handled.
    if (usesEvent(checked.value)) return [];
    const rule = compileRule(checked.value, { fields, types });
    const keys = mentions(checked.value);
    return { ...version, workspaceId, definition: checked.value, rule, keys };
  });
  const levelOf = levelsOf(compiled);
  return compiled.map((rule) => ({ ...rule, level: levelOf(rule) }));
}

/** A segment whose rule was changed follows two until the new one's members are computed. */
function versionsOf({ segmentId, kept, computing }: LiveDefinition) {
  return [
    ...(kept ? [{ segmentId, ...kept, computing: false }] : []),
    ...(computing ? [{ segmentId, ...computing, computing: true }] : []),
  ];
}

type Unlevelled = Omit<LiveRule, 'level'>;

/** How many segments deep each rule looks; those of a cycle, which none should be, are not looked into. */
function levelsOf(rules: readonly Unlevelled[]): (rule: Unlevelled) => number {
  const bySegment = Map.groupBy(rules, (rule) => `segment:${rule.segmentId}`);
  const levels = new Map<Unlevelled, number>();
  const levelOf = (rule: Unlevelled): number => {
    const known = levels.get(rule);
    if (known !== undefined) return known;
    levels.set(rule, 0);
    const below = [...rule.keys].flatMap((key) => bySegment.get(key) ?? []);
    const level = below.length === 0 ? 0 : 1 + Math.max(...below.map(levelOf));
    levels.set(rule, level);
    return level;
  };
  return levelOf;
}
