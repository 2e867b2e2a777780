import { auditEntrySchema, idSchema, instantSchema, pageOf } from '@perennial/contracts';
import { z } from 'zod';
import { defineRoute, pageFrom, pageQuery, type ManageRoute } from '../http/index.ts';
import { listEntries, type EntryRow } from './queries.ts';

const listAudit = defineRoute({
  method: 'GET',
  url: '/audit',
  right: 'audit.read',
  summary: 'List what was changed, newest first',
  query: z.object({
    ...pageQuery(z.tuple([z.int()])),
    /** A whole action, or the kind of object before its dot. */
    action: z.string().max(100).optional(),
    object_kind: z.string().max(100).optional(),
    object_id: z.string().max(200).optional(),
    actor_kind: z.enum(['user', 'key', 'system', 'cli']).optional(),
    actor_id: idSchema.optional(),
    from: instantSchema.optional(),
    to: instantSchema.optional(),
  }),
  response: pageOf(auditEntrySchema),
  handler: async ({ db, workspace, query }) => {
    const rows = await listEntries(db, {
      workspaceId: workspace.id,
      action: query.action,
      objectKind: query.object_kind,
      objectId: query.object_id,
      actorKind: query.actor_kind,
      actorId: query.actor_id,
      from: query.from,
      to: query.to,
      before: query.cursor?.[0],
      limit: query.limit + 1,
    });
    const page = pageFrom(rows, { limit: query.limit, position: (row) => [row.id] });
    return { ...page, items: page.items.map(toEntry) };
  },
});

function toEntry(row: EntryRow): z.output<typeof auditEntrySchema> {
  const { actor_kind, actor_id, actor_name, object_kind, object_id, ...rest } = row;
  return {
    ...rest,
    id: String(row.id),
    actor: { kind: actor_kind, id: actor_id === null ? null : String(actor_id), name: actor_name },
    object: { kind: object_kind, id: object_id },
    before: rest.before as z.output<typeof auditEntrySchema>['before'],
    after: rest.after as z.output<typeof auditEntrySchema>['after'],
  };
}

export const auditRoutes: ManageRoute[] = [listAudit];
