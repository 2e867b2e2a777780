import type { SqlFacts } from '@perennial/conditions';
import type { Asking } from '../contacts/index.ts';

/** Events of a type, as conditions measure them; indexes events_by_type, events_pkey. */
export function eventFactsSql(type: string, asking: Asking): SqlFacts {
  return {
    from: 'events e',
    where: `e.event_type_id = ${typeIdSql(type, asking)}`,
    contactId: 'e.contact_id',
    at: 'e.occurred_at',
    begin: ({ root, steps }) => ({ expression: ROOTS[root], steps }),
  };
}

/** The ID of the event type with this key, null if there is none; index event_types_key. */
export function typeIdSql(key: string, { put, workspaceId, typeIds }: Asking): string {
  if (typeIds) return put(typeIds.get(key) ?? null, 'bigint');
  return `(select t.id from event_types t
             where t.workspace_id = ${put(workspaceId, 'bigint')} and t.key = ${put(key, 'text')})`;
}

const ROOTS = {
  params: 'e.params',
  context: 'e.context',
  key: 'to_jsonb(e.key)',
  source: 'to_jsonb(e.source)',
};
