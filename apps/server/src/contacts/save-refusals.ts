import type { Tx } from '../db/pool.ts';
import type { Refusal } from '../inbox/index.ts';

export interface IdentifierRefusal extends Refusal {
  contactId: number;
  workspaceId: number;
  at: number;
}

/** Counts identifiers and merges that contacts were refused: a row for each kind and reason. */
export async function saveRefusals(
  tx: Tx,
  { refusals }: { refusals: IdentifierRefusal[] },
): Promise<void> {
  if (refusals.length === 0) return;
  const groups = Map.groupBy(refusals, (row) => `${row.contactId} ${row.kind} ${row.reason}`);
  const rows = [...groups.values()].map((group) => ({ ...group.at(-1)!, n: group.length }));
  await tx.query(
    `insert into identifier_refusals (contact_id, kind, reason, workspace_id, n, last_value, first_at, last_at)
     select *, at from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::timestamptz[])
            as row (contact_id, kind, reason, workspace_id, n, last_value, at)
         on conflict on constraint identifier_refusals_pkey do update
        set n = identifier_refusals.n + excluded.n, last_value = excluded.last_value, last_at = excluded.last_at`,
    [
      rows.map((r) => r.contactId),
      rows.map((r) => r.kind),
      rows.map((r) => r.reason),
      rows.map((r) => r.workspaceId),
      rows.map((r) => r.n),
      rows.map((r) => r.value.slice(0, 300)),
      rows.map((r) => new Date(r.at).toISOString()),
    ],
  );
}
