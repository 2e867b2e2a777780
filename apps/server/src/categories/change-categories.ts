import type { CategoryTranslations } from '@perennial/contracts';
import { changesBetween, writeAudit } from '../audit/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { raiseConfigVersion } from '../workspaces/index.ts';
import {
  countCategories,
  insertCategory,
  lockCategory,
  updateCategory,
  type CategoryRow,
} from './queries.ts';

/** Most categories of a workspace, archived ones too: people read them on one page. */
export const MOST_CATEGORIES = 100;

export interface CategoryToCreate {
  workspaceId: number;
  key?: string | undefined;
  name: string;
  description?: string | undefined;
  translations?: CategoryTranslations | undefined;
  default_subscribed?: boolean | undefined;
  by: Origin;
}

export async function createCategory(tx: Tx, category: CategoryToCreate): Promise<CategoryRow> {
  const { workspaceId, name, description = '', translations = {}, by } = category;
  const { default_subscribed = false } = category;
  const key = category.key ?? keyFrom(name);
  // First, so that two of them take turns and the count holds.
  await raiseConfigVersion(tx, { workspaceId });
  if ((await countCategories(tx, { workspaceId })) >= MOST_CATEGORIES) {
    throw new Problem('conflict', {
      detail: `A workspace has at most ${MOST_CATEGORIES} categories, archived ones too.`,
    });
  }
  const created = await insertCategory(tx, {
    workspaceId,
    key,
    name,
    description,
    translations,
    defaultSubscribed: default_subscribed,
    now: by.at,
  });
  if (!created) {
    throw new Problem('already_exists', {
      detail: `There is a category "${key}" already, perhaps among the archived ones.`,
    });
  }
  await writeAudit(tx, {
    by,
    action: 'category.create',
    object: { kind: 'category', id: created.id },
    after: { key, name, description, translations, default_subscribed },
  });
  return created;
}

export interface CategoryToChange {
  workspaceId: number;
  id: number;
  name?: string | undefined;
  description?: string | undefined;
  /** All of them. */
  translations?: CategoryTranslations | undefined;
  position?: number | undefined;
  archived?: boolean | undefined;
  by: Origin;
  /** What would miss it. */
  findUses?: (db: Db, of: { workspaceId: number; category: string }) => Promise<{ name: string }[]>;
}

/** Key and default stay: what people said, and did not say, keeps its meaning. */
export async function changeCategory(tx: Tx, change: CategoryToChange): Promise<CategoryRow> {
  const { workspaceId, id, by } = change;
  const before = await lockCategory(tx, { workspaceId, id });
  if (!before) throw notFound('category');
  const after: CategoryRow = {
    ...before,
    name: change.name ?? before.name,
    description: change.description ?? before.description,
    translations: change.translations ?? before.translations,
    position: change.position ?? before.position,
    archived_at: archivedAt(before, change),
  };
  const changes = changesBetween(before, after);
  if (!changes) return before;
  // First, so that no rule that asks for it is saved meanwhile.
  await raiseConfigVersion(tx, { workspaceId });
  if (after.archived_at && !before.archived_at) await refuseUsed(tx, change, before.key);
  await updateCategory(tx, after);
  const object = { kind: 'category', id };
  await writeAudit(tx, { by, action: 'category.change', object, ...changes });
  return after;
}

async function refuseUsed(
  tx: Tx,
  { workspaceId, findUses }: CategoryToChange,
  category: string,
): Promise<void> {
  const uses = (await findUses?.(tx, { workspaceId, category })) ?? [];
  if (uses.length === 0) return;
  const names = uses.map(({ name }) => `"${name}"`).join(', ');
  throw new Problem('conflict', {
    detail: `The rules of these segments ask for it: ${names}. Change them first.`,
  });
}

function archivedAt(
  { archived_at: since }: CategoryRow,
  { archived, by }: CategoryToChange,
): Date | null {
  if (archived === undefined) return since;
  return archived ? (since ?? by.at) : null;
}

const MOST_KEY = 63;

function keyFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_KEY)
    .replace(/^-+|-+$/g, '');
  if (words) return words;
  throw new Problem('unprocessable', {
    detail: 'No key can be made of this name: give one.',
    errors: [{ path: '/key', message: 'Give a key.', in: 'body' }],
  });
}
