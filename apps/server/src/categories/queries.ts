import type { CategoryTranslations } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';

/** A topic that contacts opt in to or out of. */
export interface CategoryRow {
  id: number;
  key: string;
  name: string;
  description: string;
  /** By language; what one lacks is said as above. */
  translations: CategoryTranslations;
  /** Whether contacts that never chose are in. */
  default_subscribed: boolean;
  position: number;
  created_at: Date;
  archived_at: Date | null;
}

const COLUMNS =
  'id, key, name, description, translations, default_subscribed, position, created_at, archived_at';

/** In the order in which people see them. A workspace has a hundred at most. */
export async function listCategories(
  db: Db,
  { workspaceId, archived = false }: { workspaceId: number; archived?: boolean },
): Promise<CategoryRow[]> {
  const { rows } = await db.query<CategoryRow>({
    name: 'list_categories',
    text: `select ${COLUMNS} from categories
            where workspace_id = $1 and ($2 or archived_at is null)
            order by position, id`,
    values: [workspaceId, archived],
  });
  return rows;
}

export async function countCategories(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*) as n from categories where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.n ?? 0;
}

export interface NewCategoryRow {
  workspaceId: number;
  key: string;
  name: string;
  description: string;
  translations: CategoryTranslations;
  defaultSubscribed: boolean;
  now: Date;
}

/** At the end; undefined when the key is taken. Index categories_key. */
export async function insertCategory(
  tx: Tx,
  category: NewCategoryRow,
): Promise<CategoryRow | undefined> {
  const { rows } = await tx.query<CategoryRow>(
    `insert into categories (workspace_id, key, name, description, default_subscribed, translations, position, created_at)
     select $1, $2, $3, $4, $5, $7,
            coalesce((select max(position) + 1 from categories where workspace_id = $1), 0), $6
         on conflict on constraint categories_key do nothing
     returning ${COLUMNS}`,
    [
      category.workspaceId,
      category.key,
      category.name,
      category.description,
      category.defaultSubscribed,
      category.now,
      category.translations,
    ],
  );
  return rows[0];
}

export async function lockCategory(
  tx: Tx,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<CategoryRow | undefined> {
  const { rows } = await tx.query<CategoryRow>(
    `select ${COLUMNS} from categories where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

export async function updateCategory(
  tx: Tx,
  row: Pick<
    CategoryRow,
    'id' | 'name' | 'description' | 'translations' | 'position' | 'archived_at'
  >,
): Promise<void> {
  await tx.query(
    `update categories set name = $2, description = $3, position = $4, archived_at = $5, translations = $6
      where id = $1`,
    [row.id, row.name, row.description, row.position, row.archived_at, row.translations],
  );
}
