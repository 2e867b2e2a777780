import type { Db } from '../db/index.ts';
import { listCategories, type CategoryRow } from './queries.ts';

/** The categories of a workspace by key, archived ones too. */
export type Categories = ReadonlyMap<string, CategoryRow>;

export async function readCategories(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Categories> {
  const rows = await listCategories(db, { workspaceId, archived: true });
  return new Map(rows.map((row) => [row.key, row]));
}

/** Of these keys, those that no category has, or only an archived one. */
export function unknownKeys(categories: Categories, keys: Iterable<string>): string[] {
  return [...keys].filter((key) => categories.get(key)?.archived_at !== null);
}
