import type { Names } from '../contact-rows/index.ts';
import type { Tx } from '../db/index.ts';
import type { Json } from '../inbox/index.ts';

/**
 * What long work kept about somebody who is erased. Files go as a whole: an export can be made
 * again, and nobody knows which of them the person is in.
 */
export async function forgetContact(
  tx: Tx,
  { workspaceId, contactIds, names }: { workspaceId: number; contactIds: number[]; names: Names },
): Promise<Record<string, number>> {
  const { rowCount: files } = await tx.query(
    `delete from job_files f using jobs j where j.id = f.job_id and j.workspace_id = $1`,
    [workspaceId],
  );
  for (const table of ['job_changes', 'job_contacts']) {
    await tx.query(
      `update ${table} c
          set contact_ids = array(select id from unnest(c.contact_ids) as id where id <> all($2))
         from jobs j
        where j.id = c.job_id and j.workspace_id = $1 and c.contact_ids && $2::bigint[]`,
      [workspaceId, contactIds],
    );
  }
  await tx.query(
    `delete from job_errors e using jobs j
      where j.id = e.job_id and j.workspace_id = $1
        and (e.contact_id = any($2)
          or exists (select from unnest($3::text[]) as piece
                      where strpos(coalesce(e.subject, ''), piece) > 0 or strpos(e.message, piece) > 0))`,
    [workspaceId, contactIds, names.pieces],
  );
  await emptyJobs(tx, { workspaceId, names });
  return files ? { job_files: files } : {};
}

/** What was asked for may name the person: an import of pasted addresses, a filter. */
async function emptyJobs(
  tx: Tx,
  { workspaceId, names }: { workspaceId: number; names: Names },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; said: Json }>(
    `select id, jsonb_build_array(input, cursor, result, reason) as said from jobs
      where workspace_id = $1 and ended_at is not null
        and exists (select from unnest($2::text[]) as piece
                     where strpos(jsonb_build_array(input, cursor, result, reason)::text, piece) > 0)`,
    [workspaceId, names.pieces],
  );
  await tx.query(
    `update jobs set input = '{}', cursor = null, result = null, reason = null where id = any($1)`,
    [rows.filter(({ said }) => names.areIn(said)).map(({ id }) => id)],
  );
}
