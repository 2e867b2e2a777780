import { writeAudit } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Origin } from '../http/index.ts';
import { cleanName, isUsableName, nameKey } from './list-name.ts';
import { countSegments, findByNames, insertSegments, takenKeys } from './queries.ts';
import { freeSlug, slugOf } from './slug.ts';

/** Most segments that clients may make in a workspace by naming them. */
export const MOST_SEGMENTS = 5000;

export interface ListNames {
  workspaceId: number;
  names: Iterable<string>;
  /** Where the names came from, as a new list remembers it. */
  source: string;
  by: Origin;
}

/**
 * IDs of the lists that have these names, by the names as given; those that do not exist are made,
 * each with its audit row. Not among them: names that are no names, that a dynamic segment has, and
 * new ones beyond the limit.
 */
export async function findOrCreateLists(
  tx: Tx,
  { names, ...options }: ListNames,
): Promise<Map<string, number>> {
  const given = [...new Set(names)].filter(isUsableName);
  const ids = await findListsByName(tx, { ...options, names: given });
  const missing = given.filter((name) => !ids.has(name));
  const made = missing.length > 0 ? await createMissing(tx, { ...options, names: missing }) : null;
  for (const name of missing) {
    const id = made?.get(nameKey(name));
    if (id !== undefined) ids.set(name, id);
  }
  return ids;
}

/** The same without making any. */
export async function findListsByName(
  tx: Tx,
  { workspaceId, names }: Pick<ListNames, 'workspaceId' | 'names'>,
): Promise<Map<string, number>> {
  const given = [...new Set(names)];
  if (given.length === 0) return new Map();
  const found = await findByNames(tx, { workspaceId, nameKeys: given.map(nameKey) });
  return new Map(
    given.flatMap((name) => {
      const segment = found.get(nameKey(name));
      return segment?.kind === 'list' ? [[name, segment.id]] : [];
    }),
  );
}

async function createMissing(
  tx: Tx,
  { workspaceId, names, source, by }: Omit<ListNames, 'names'> & { names: string[] },
): Promise<Map<string, number>> {
  const room = MOST_SEGMENTS - (await countSegments(tx, { workspaceId }));
  // In one order everywhere, so that two calls that make the same lists do not wait for each other.
  const wanted = [...Map.groupBy(names, nameKey)]
    .map(([key, [first]]) => [key, cleanName(first!)] as const)
    .slice(0, Math.max(0, room))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (wanted.length === 0) return new Map();
  const slugs = wanted.map(([, name]) => slugOf(name));
  const taken = await takenKeys(tx, { workspaceId, keys: slugs });
  const segments = wanted.map(([key, name], i) => ({
    workspaceId,
    key: freeSlug(slugs[i]!, taken),
    name,
    nameKey: key,
    kind: 'list' as const,
    purpose: '',
    source,
    now: by.at,
  }));
  const made = await insertSegments(tx, { segments });
  for (const { nameKey: key, name } of segments) {
    const id = made.get(key);
    if (id === undefined) continue;
    await writeAudit(tx, {
      by,
      action: 'segment.create',
      object: { kind: 'segment', id },
      after: { name, kind: 'list', source },
    });
  }
  // Somebody else may have made one in the meantime.
  const others = await findByNames(tx, {
    workspaceId,
    nameKeys: segments.map((row) => row.nameKey).filter((key) => !made.has(key)),
  });
  for (const [key, { id, kind }] of others) if (kind === 'list') made.set(key, id);
  return made;
}
