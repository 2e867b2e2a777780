import type { Asking } from '../contacts/index.ts';
import { idArray } from '../db/index.ts';
import type { Settled } from './settled.ts';

/**
 * Whether the contact of a row of `contacts` is in a segment, with what time did to it meanwhile;
 * index memberships_pkey or memberships_of_segment.
 */
export function memberSql(id: string, { put, workspaceId }: Asking, settled?: Settled): string {
  const isKept = `exists (select from memberships m
                   where m.contact_id = contacts.id and m.segment_id = ${put(Number(id), 'bigint')}
                     and m.workspace_id = ${put(workspaceId)} and m.member)`;
  const moves = settled?.get(Number(id));
  if (!moves) return isKept;
  const { entering, leaving } = moves;
  return `(${isKept} and contacts.id <> all(${put(idArray(leaving), 'bigint[]')})
           or contacts.id = any(${put(idArray(entering), 'bigint[]')}))`;
}
