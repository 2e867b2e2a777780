import type { Db, Tx } from '../db/index.ts';

/** Some contacts of a job, as the database writes an array: only it reads them before their slice. */
export interface Piece {
  n: number;
  contact_ids: string;
}

/** Keeps which contacts a job goes through, as they were found at one moment, until it has ended. */
export async function keepContacts(
  tx: Tx,
  { jobId, pieces }: { jobId: number; pieces: readonly Piece[] },
): Promise<void> {
  await tx.query(
    `insert into job_contacts (job_id, piece, contact_ids)
     select $1, piece, contact_ids::bigint[] from unnest($2::integer[], $3::text[]) as row (piece, contact_ids)`,
    [jobId, pieces.map((_, piece) => piece), pieces.map((piece) => piece.contact_ids)],
  );
}

/**
 * The first piece from this one on with anybody in it: who is erased is taken out. Undefined behind the
 * last one. Index job_contacts_pkey.
 */
export async function nextPiece(
  db: Db,
  { jobId, from }: { jobId: number; from: number },
): Promise<{ piece: number; contactIds: number[] } | undefined> {
  const { rows } = await db.query<{ piece: number; contact_ids: number[] }>(
    `select piece, contact_ids from job_contacts
      where job_id = $1 and piece >= $2 and cardinality(contact_ids) > 0
      order by piece
      limit 1`,
    [jobId, from],
  );
  const [row] = rows;
  return row && { piece: row.piece, contactIds: row.contact_ids };
}

export async function dropContacts(tx: Db, { jobId }: { jobId: number }): Promise<void> {
  await tx.query(`delete from job_contacts where job_id = $1`, [jobId]);
}
