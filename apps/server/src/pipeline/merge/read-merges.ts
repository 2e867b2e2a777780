import type { z } from 'zod';
import type { contactMergesSchema, mergeSchema } from '@perennial/contracts';
import type { Db } from '../../db/pool.ts';
import { fieldsOf, type JournalRow } from './journal-fields.ts';

export type ShownMerge = z.output<typeof mergeSchema>;
export type ShownRefusal = z.output<typeof contactMergesSchema>['refusals'][number];

interface StoredMerge extends JournalRow {
  id: number;
  keep_id: number;
  drop_id: number;
  survivor_is: ShownMerge['survivor_is'];
  state: ShownMerge['state'];
  reason: string;
  why: { source?: string; event?: string; identifier?: [kind: string, value: string] };
  decided_by: string | null;
  decided_at: Date;
  applied_at: Date | null;
  undone_at: Date | null;
  undone_by: string | null;
}

const MERGES = `select m.id, keep_id, drop_id, state, reason, why, decided_by, decided_at, applied_at, undone_at, undone_by,
         journal -> 'cards' -> 'fields' as fields,
         case when c.merged_into is not null then 'merged'
              when c.deleted_at is not null then 'deleted'
              else 'there' end as survivor_is
    from merges m
    left join contacts c on c.id = m.keep_id`;

/** Newest first; indexes merges_newest, contacts_pkey. */
export async function listMerges(
  db: Db,
  {
    workspaceId,
    state,
    byHand,
    before,
    limit,
  }: {
    workspaceId: number;
    state: ShownMerge['state'] | undefined;
    byHand: boolean | undefined;
    before: number | undefined;
    limit: number;
  },
): Promise<ShownMerge[]> {
  const { rows } = await db.query<StoredMerge>(
    `${MERGES}
      where m.workspace_id = $1 and ($2::text is null or state = $2)
        and ($3::boolean is null or (reason = 'by_hand') = $3)
        and ($4::bigint is null or m.id < $4)
      order by m.id desc
      limit $5`,
    [workspaceId, state ?? null, byHand ?? null, before ?? null, limit],
  );
  return rows.map(present);
}

/** Merges that these contacts survived, or went away by; indexes merges_pkey, merges_by_drop. */
export async function mergesOfContacts(
  db: Db,
  { workspaceId, contactIds, limit }: { workspaceId: number; contactIds: number[]; limit: number },
): Promise<ShownMerge[]> {
  const { rows } = await db.query<StoredMerge>(
    `${MERGES}
      where m.workspace_id = $1 and (keep_id = any($2) or drop_id = any($2))
      order by m.id desc
      limit $3`,
    [workspaceId, contactIds, limit],
  );
  return rows.map(present);
}

export async function findMerge(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ShownMerge | undefined> {
  const { rows } = await db.query<StoredMerge>(
    `${MERGES}
      where m.workspace_id = $1 and m.id = $2`,
    [workspaceId, id],
  );
  return rows[0] && present(rows[0]);
}

/** The contact and those that became it; index identifiers_by_contact. */
export async function namesOfContact(
  db: Db,
  { contactId }: { contactId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ value: string }>(
    `select value from identifiers where contact_id = $1 and kind = 'contact'`,
    [contactId],
  );
  return [...new Set([contactId, ...rows.map(({ value }) => Number(value))])];
}

/** Index: identifier_refusals_pkey. */
export async function listRefusals(
  db: Db,
  { contactId }: { contactId: number },
): Promise<ShownRefusal[]> {
  const { rows } = await db.query<ShownRefusal>(
    `select kind, reason, n, last_value, first_at, last_at from identifier_refusals
      where contact_id = $1 order by last_at desc, kind limit 100`,
    [contactId],
  );
  return rows;
}

function present(row: StoredMerge): ShownMerge {
  const { why } = row;
  return {
    id: row.id,
    survivor: row.keep_id,
    survivor_is: row.survivor_is,
    merged: row.drop_id,
    // The rows go back in a moment; whoever asked for it has been told.
    state: row.undone_at ? 'undone' : row.state,
    reason: row.reason,
    identifier: why.identifier ? { kind: why.identifier[0], value: why.identifier[1] } : null,
    event: why.event ?? null,
    source: why.source ?? null,
    by: row.decided_by,
    decided_at: row.decided_at,
    applied_at: row.applied_at,
    undone_at: row.undone_at,
    undone_by: row.undone_by,
    fields: fieldsOf(row),
  };
}
