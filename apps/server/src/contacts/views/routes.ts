import {
  contactViewChangeSchema,
  contactViewSchema,
  idParams,
  newContactViewSchema,
  pageOf,
} from '@perennial/contracts';
import type { z } from 'zod';
import { writeAudit } from '../../audit/index.ts';
import { inTransaction, type Db } from '../../db/index.ts';
import {
  defineRoute,
  notFound,
  nothing,
  Problem,
  type Actor,
  type ManageRoute,
} from '../../http/index.ts';
import type { Rights } from '../../users/index.ts';
import { checkFilter } from '../filter/check-filter.ts';
import {
  countViews,
  deleteView,
  findView,
  insertView,
  listViews,
  updateView,
  type ViewRow,
} from './queries.ts';

/** Most views of a workspace, of all its users together. */
const MOST_VIEWS = 1000;

const list = defineRoute({
  method: 'GET',
  url: '/contact_views',
  right: 'contacts.read',
  summary: 'List saved views: your own and shared ones, by name',
  response: pageOf(contactViewSchema),
  handler: async ({ db, workspace, actor }) => {
    const rows = await listViews(db, { workspaceId: workspace.id, userId: userOf(actor) });
    return { items: rows.map((row) => present(row, actor)), next_cursor: null };
  },
});

const create = defineRoute({
  method: 'POST',
  url: '/contact_views',
  right: 'contacts.read',
  summary: 'Save a view',
  description: 'A key has no views of its own: what it saves is shared.',
  body: newContactViewSchema,
  response: contactViewSchema,
  status: 201,
  example: {
    body: {
      name: 'Ukraine, newest first',
      shared: true,
      arrangement: {
        filter: { type: 'field', field: 'country', op: 'equals', value: 'UA' },
        sort: '-created_at',
      },
    },
  },
  handler: async ({ db, by, workspace, actor, rights, now, body }) => {
    const workspaceId = workspace.id;
    await checkArrangement(db, { workspaceId, rights, filter: body.arrangement.filter });
    const userId = userOf(actor);
    return inTransaction(db, async (tx) => {
      if ((await countViews(tx, { workspaceId })) >= MOST_VIEWS) {
        throw new Problem('conflict', { detail: `A workspace has at most ${MOST_VIEWS} views.` });
      }
      const shared = body.shared || userId === null;
      const view = await insertView(tx, { ...body, shared, workspaceId, userId, now });
      await audit(tx, { by, action: 'contact_view.create', view });
      return present(view, actor);
    });
  },
});

const change = defineRoute({
  method: 'PATCH',
  url: '/contact_views/:id',
  right: 'contacts.read',
  summary: 'Change a saved view',
  description: 'Your own; shared ones of others take `settings.write`.',
  params: idParams,
  body: contactViewChangeSchema,
  response: contactViewSchema,
  example: { body: { name: 'Ukraine' } },
  handler: async ({ db, by, workspace, actor, rights, now, params, body }) => {
    const workspaceId = workspace.id;
    const view = await findMine(db, { workspaceId, actor, rights, ...params });
    await checkArrangement(db, { workspaceId, rights, filter: body.arrangement?.filter });
    return inTransaction(db, async (tx) => {
      const { name = view.name, arrangement = view.arrangement } = body;
      const shared = view.user_id === null || (body.shared ?? view.shared);
      const changed = await updateView(tx, { id: view.id, name, shared, arrangement, now });
      await audit(tx, { by, action: 'contact_view.change', view: changed });
      return present(changed, actor);
    });
  },
});

const remove = defineRoute({
  method: 'DELETE',
  url: '/contact_views/:id',
  right: 'contacts.read',
  summary: 'Delete a saved view',
  description: 'Your own; shared ones of others take `settings.write`.',
  params: idParams,
  response: nothing,
  handler: async ({ db, by, workspace, actor, rights, params }) => {
    const view = await findMine(db, { workspaceId: workspace.id, actor, rights, ...params });
    await inTransaction(db, async (tx) => {
      await deleteView(tx, view);
      await audit(tx, { by, action: 'contact_view.delete', view });
    });
    return undefined;
  },
});

export const viewRoutes: ManageRoute[] = [list, create, change, remove];

function userOf(actor: Actor): number | null {
  return actor.kind === 'user' ? actor.id : null;
}

function isMine({ user_id }: ViewRow, actor: Actor): boolean {
  return user_id === userOf(actor);
}

function present(
  { user_id: _user, ...row }: ViewRow,
  actor: Actor,
): z.output<typeof contactViewSchema> {
  return { ...row, mine: isMine({ ...row, user_id: _user }, actor) };
}

async function findMine(
  db: Db,
  {
    workspaceId,
    actor,
    rights,
    id,
  }: { workspaceId: number; actor: Actor; rights: Rights; id: number },
): Promise<ViewRow> {
  const view = await findView(db, { workspaceId, userId: userOf(actor), id });
  if (!view) throw notFound('view');
  if (isMine(view, actor) || rights.has('settings.write')) return view;
  throw new Problem('forbidden', { detail: 'Shared views of others take settings.write.' });
}

async function checkArrangement(
  db: Db,
  { workspaceId, rights, filter }: { workspaceId: number; rights: Rights; filter: unknown },
): Promise<void> {
  if (filter !== undefined) await checkFilter(db, { workspaceId, filter, rights, place: 'body' });
}

/** Filters may name people: they are not copied into the audit. */
async function audit(
  tx: Db,
  {
    by,
    action,
    view,
  }: { by: Parameters<typeof writeAudit>[1]['by']; action: string; view: ViewRow },
): Promise<void> {
  const { id, name, shared } = view;
  await writeAudit(tx, {
    by,
    action,
    object: { kind: 'contact_view', id },
    after: { name, shared },
  });
}
