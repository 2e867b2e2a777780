import type { Definition } from '@perennial/conditions';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { linkTags, tagNamesOf } from '../tags/index.ts';
import type { CheckedRule } from './check-rule.ts';
import { cleanName, nameKey } from './list-name.ts';
import {
  countSegments,
  findByNames,
  findSegment,
  insertSegments,
  lockSegment,
  takenKeys,
  updateSegment,
} from './queries.ts';
import type { SegmentRow } from './segment-row.ts';
import { beginDissolving, recomputeRule, saveRule } from './save-rule.ts';
import { freeSlug, slugOf } from './slug.ts';
import { forgetKept, readLatestVersion } from './version-queries.ts';

/** A segment with its tags, as the API shows it. */
export type SegmentWithTags = SegmentRow & { tags: string[] };

export interface ListToCreate {
  workspaceId: number;
  by: Origin;
  name: string;
  key?: string | undefined;
  purpose?: string;
  tags?: readonly string[];
  source?: string;
}

/** Most segments of a workspace, whoever makes them. */
const MOST_MADE = 10_000;

/** Makes a list; throws `already_exists` when its name or key is taken. */
export function createList(tx: Tx, list: ListToCreate): Promise<SegmentWithTags> {
  return create(tx, { ...list, kind: 'list' });
}

/** Makes a dynamic segment of a checked rule, whose members long work finds; throws as `createList`. */
export async function createDynamic(
  tx: Tx,
  { checked, ...segment }: ListToCreate & { checked: CheckedRule },
): Promise<SegmentWithTags> {
  const { definition } = checked;
  const made = await create(tx, { ...segment, kind: 'dynamic', definition });
  const { workspaceId, by } = segment;
  await saveRule(tx, { workspaceId, segment: made, checked, by, cause: 'first_computation' });
  return readSegment(tx, { workspaceId, id: made.id });
}

async function create(
  tx: Tx,
  {
    kind,
    definition,
    ...given
  }: ListToCreate & { kind: SegmentRow['kind']; definition?: Definition },
): Promise<SegmentWithTags> {
  const { workspaceId, by, key, purpose = '', tags = [], source = sourceOf(by) } = given;
  const now = by.at;
  const name = cleanName(given.name);
  if ((await countSegments(tx, { workspaceId })) >= MOST_MADE) {
    throw new Problem('unprocessable', {
      detail: `A workspace has at most ${MOST_MADE} segments. Delete some that are not used.`,
    });
  }
  const made = await insertSegments(tx, {
    segments: [
      {
        workspaceId,
        key: await freeKey(tx, { workspaceId, key, name }),
        name,
        nameKey: nameKey(name),
        kind,
        purpose,
        source,
        now,
      },
    ],
  });
  const id = made.get(nameKey(name));
  if (id === undefined) throw nameTaken(name);
  await linkTags(tx, { workspaceId, object: { kind: 'segment', id }, names: tags, now });
  const segment = await readSegment(tx, { workspaceId, id });
  await writeAudit(tx, {
    by,
    action: 'segment.create',
    object: { kind: 'segment', id },
    after: { ...auditView(segment), kind, ...(definition && { definition }) },
  });
  return segment;
}

function sourceOf({ actor }: Origin): string {
  if (actor.kind === 'system') return 'system';
  return actor.kind === 'user' ? 'manual' : 'api';
}

async function freeKey(
  tx: Tx,
  { workspaceId, key, name }: { workspaceId: number; key: string | undefined; name: string },
): Promise<string> {
  const wanted = key ?? slugOf(name);
  const taken = await takenKeys(tx, { workspaceId, keys: [wanted] });
  if (key === undefined) return freeSlug(wanted, taken);
  if (!taken.has(key)) return key;
  throw new Problem('already_exists', { detail: `There is a segment with the key "${key}".` });
}

export interface SegmentToChange {
  workspaceId: number;
  id: number;
  by: Origin;
  name?: string | undefined;
  purpose?: string | undefined;
  tags?: readonly string[] | undefined;
  /** Of a dynamic segment, a new rule. */
  checked?: CheckedRule | undefined;
  /** Archived: it is in no list of segments and takes no members, which it keeps. */
  archived?: boolean | undefined;
}

export async function changeSegment(tx: Tx, change: SegmentToChange): Promise<SegmentWithTags> {
  const { workspaceId, id, by, tags } = change;
  const now = by.at;
  if (!(await lockSegment(tx, { workspaceId, id }))) throw notFound('segment');
  const before = await readSegment(tx, { workspaceId, id });
  const archivedAt = archivedAtOf(change, before);
  const name = change.name === undefined ? before.name : cleanName(change.name);
  if (archivedAt === null) await refuseTaken(tx, { workspaceId, id, name });
  await updateSegment(tx, {
    id,
    name,
    nameKey: nameKey(name),
    purpose: change.purpose ?? before.purpose,
    archivedAt,
    now,
  });
  if (tags) await linkTags(tx, { workspaceId, object: { kind: 'segment', id }, names: tags, now });
  const rule = await changeRule(tx, { ...change, before });
  const after = await readSegment(tx, { workspaceId, id });
  const changes = changesBetween(
    { ...auditView(before), ...rule?.before },
    { ...auditView(after), ...rule?.after },
  );
  if (changes) {
    await writeAudit(tx, {
      by,
      action: 'segment.change',
      object: { kind: 'segment', id },
      ...changes,
    });
  }
  return after;
}

/**
 * A dynamic segment's members follow its rule only as long as it is there: a deleted one forgets
 * them, one that comes back finds them anew. Answers the rule as it was and is, where it changed.
 */
async function changeRule(
  tx: Tx,
  { workspaceId, id, by, checked, archived, before }: SegmentToChange & { before: SegmentWithTags },
): Promise<{ before: object; after: object } | undefined> {
  if (before.kind !== 'dynamic') return undefined;
  const latest = await readLatestVersion(tx, { segmentId: id });
  const wasArchived = before.archived_at !== null;
  if (archived === true && !wasArchived)
    await beginDissolving(tx, { workspaceId, segment: before, by });
  if (archived === false && wasArchived) {
    await forgetKept(tx, { segmentId: id });
    const saving = { workspaceId, segment: { ...before, version: 0 }, by };
    await (checked
      ? saveRule(tx, { ...saving, checked, cause: 'first_computation' })
      : recomputeRule(tx, { ...saving, cause: 'first_computation' }));
  } else if (checked) {
    if (wasArchived) {
      throw new Problem('conflict', { detail: 'The segment is deleted. Bring it back first.' });
    }
    await saveRule(tx, { workspaceId, segment: before, checked, by, cause: 'definition' });
  }
  return (
    checked && {
      before: { definition: latest?.definition },
      after: { definition: checked.definition },
    }
  );
}

function archivedAtOf({ archived, by }: SegmentToChange, before: SegmentRow): Date | null {
  if (archived === undefined) return before.archived_at;
  return archived ? (before.archived_at ?? by.at) : null;
}

async function refuseTaken(
  tx: Tx,
  { workspaceId, id, name }: { workspaceId: number; id: number; name: string },
): Promise<void> {
  const found = await findByNames(tx, { workspaceId, nameKeys: [nameKey(name)] });
  const other = found.get(nameKey(name));
  if (other && other.id !== id) throw nameTaken(name);
}

function nameTaken(name: string): Problem {
  return new Problem('already_exists', { detail: `There is a segment "${name}" already.` });
}

/** Throws `not_found` for what is not there or belongs to another workspace. */
export async function readSegment(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<SegmentWithTags> {
  const segment = await findSegment(db, { workspaceId, id });
  if (!segment) throw notFound('segment');
  const tags = await tagNamesOf(db, { kind: 'segment', ids: [id] });
  return { ...segment, tags: tags.get(id) ?? [] };
}

function auditView({ key, name, purpose, tags, archived_at }: SegmentWithTags) {
  return { key, name, purpose, tags, archived: archived_at !== null };
}
