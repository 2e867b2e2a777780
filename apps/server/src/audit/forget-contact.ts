import type { Names } from '../contact-rows/index.ts';
import type { Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';

/** That something was done stays, with whom by; what it said about an erased person goes. */
export async function forgetContact(
  tx: Tx,
  { workspaceId, contactIds, names }: { workspaceId: number; contactIds: number[]; names: Names },
): Promise<void> {
  await tx.query(
    `update audit set before = null, after = null
      where workspace_id = $1 and object_kind = 'contact' and object_id = any($2)
        and (before is not null or after is not null)`,
    [workspaceId, contactIds.map(String)],
  );
  const { rows } = await tx.query<{ id: number; object_id: string | null; said: Json }>(
    `select id, object_id, jsonb_build_array(object_id, before, after) as said from audit
      where workspace_id = $1
        and exists (select from unnest($2::text[]) as piece
                     where strpos(coalesce(object_id, ''), piece) > 0 or strpos(before::text, piece) > 0
                        or strpos(after::text, piece) > 0)`,
    [workspaceId, names.pieces],
  );
  const naming = rows.filter(({ said }) => names.areIn(said));
  await tx.query(
    `update audit set before = null, after = null,
            object_id = case when id = any($2) then 'erased' else object_id end
      where id = any($1)`,
    [
      naming.map(({ id }) => id),
      naming.filter(({ object_id }) => names.areIn(object_id)).map(({ id }) => id),
    ],
  );
}
