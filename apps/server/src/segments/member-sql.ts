import type { Asking } from '../contacts/index.ts';

/** Whether the contact of a row of `contacts` is in a segment; index memberships_pkey or memberships_of_segment. */
export function memberSql(id: string, { put, workspaceId }: Asking): string {
  return `exists (select from memberships m
                   where m.contact_id = contacts.id and m.segment_id = ${put(Number(id), 'bigint')}
                     and m.workspace_id = ${put(workspaceId)} and m.member)`;
}
