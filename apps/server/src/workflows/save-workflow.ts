import { isDeepStrictEqual } from 'node:util';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { linkTags, tagNamesOf } from '../tags/index.ts';
import {
  findWorkflow,
  insertWorkflow,
  takenKeys,
  updateWorkflow,
  type WorkflowRow,
} from './queries.ts';

export interface WorkflowToCreate {
  workspaceId: number;
  by: Origin;
  name: string;
  key?: string | undefined;
  definition: JsonObject;
  tags?: readonly string[];
}

/** A workflow with its tags. */
export type WorkflowWithTags = WorkflowRow & { tags: string[] };

/** Saves a draft, whether it could be published or not. */
export async function createWorkflow(
  tx: Tx,
  { workspaceId, by, name, key, definition: draft, tags = [] }: WorkflowToCreate,
): Promise<WorkflowWithTags> {
  const now = by.at;
  const wanted = await freeKey(tx, { workspaceId, key, name });
  const created = await insertWorkflow(tx, { workspaceId, key: wanted, name, draft, now });
  if (!created) throw new Problem('already_exists', { detail: keyTaken(wanted) });
  const { id } = created;
  await linkTags(tx, { workspaceId, object: { kind: 'workflow', id }, names: tags, now });
  const workflow = await readWorkflow(tx, { workspaceId, id });
  await writeAudit(tx, {
    by,
    action: 'workflow.create',
    object: { kind: 'workflow', id },
    after: auditView(workflow),
  });
  return workflow;
}

export interface WorkflowToChange {
  workspaceId: number;
  id: number;
  by: Origin;
  name?: string | undefined;
  definition?: JsonObject | undefined;
  /** Of the draft from which the definition was made. */
  revision?: number | undefined;
  tags?: readonly string[] | undefined;
}

/** Changes the draft, name and tags; what runs follow is changed by publishing alone. */
export async function changeWorkflow(
  tx: Tx,
  { workspaceId, id, by, name, definition, revision, tags }: WorkflowToChange,
): Promise<WorkflowWithTags> {
  const before = await readWorkflow(tx, { workspaceId, id, lock: true });
  if (definition) refuseOverwriting(before, { definition, revision });
  const now = by.at;
  await updateWorkflow(tx, {
    id,
    name: name ?? before.name,
    draft: definition ?? before.draft,
    by: by.actor.name,
    now,
  });
  if (tags) await linkTags(tx, { workspaceId, object: { kind: 'workflow', id }, names: tags, now });
  const after = await readWorkflow(tx, { workspaceId, id });
  const changes = changesBetween(auditView(before), auditView(after));
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'workflow.change',
      object: { kind: 'workflow', id },
      ...changes,
    });
  }
  return after;
}

/** Two people may draw at once: the second to save is told of the first, whose work stays. */
function refuseOverwriting(
  before: WorkflowWithTags,
  { definition, revision }: { definition: JsonObject; revision: number | undefined },
): void {
  if (revision === undefined || revision === before.revision) return;
  // A call that is repeated because its answer was lost finds its own work.
  if (isDeepStrictEqual(definition, before.draft)) return;
  const who = before.edited_by ?? 'Somebody';
  throw new Problem('conflict', {
    detail: `${who} changed the draft meanwhile: it is at revision ${before.revision}, not ${revision}. Nothing was saved.`,
  });
}

/** Throws `not_found` for what is not there or belongs to another workspace. */
export async function readWorkflow(
  db: Db,
  options: { workspaceId: number; id: number; lock?: boolean },
): Promise<WorkflowWithTags> {
  const row = await findWorkflow(db, options);
  if (!row) throw notFound('workflow');
  const tags = await tagNamesOf(db, { kind: 'workflow', ids: [row.id] });
  return { ...row, tags: tags.get(row.id) ?? [] };
}

function auditView({ name, key, draft, tags }: WorkflowWithTags) {
  return { name, key, definition: draft, tags };
}

const MOST_KEY = 63;
/** Room for `-12345` behind a key made of a name. */
const MOST_STEM = MOST_KEY - 6;

/** The key that was asked for, or one made of the name. */
async function freeKey(
  tx: Tx,
  { workspaceId, key, name }: { workspaceId: number; key: string | undefined; name: string },
): Promise<string> {
  const wanted = key ?? keyFrom(name);
  const taken = await takenKeys(tx, { workspaceId, key: wanted });
  if (!taken.has(wanted)) return wanted;
  if (key !== undefined) throw new Problem('already_exists', { detail: keyTaken(key) });
  for (let n = 2; ; n += 1) {
    if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
  }
}

function keyTaken(key: string): string {
  return `There is a workflow with the key "${key}".`;
}

function keyFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_STEM)
    .replace(/^-+|-+$/g, '');
  return words || 'workflow';
}
