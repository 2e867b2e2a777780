import type { Db, Tx } from '../db/index.ts';
import type { ImportPart, ItemOutcome } from '../inbox/index.ts';

/** What became of one contact of a call in bulk. */
export interface PartOutcome {
  part: ImportPart;
  outcome: ItemOutcome;
}

export async function insertSession(
  tx: Tx,
  { workspaceId, contacts, now }: { workspaceId: number; contacts: number; now: Date },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into import_sessions (workspace_id, contacts, created_at) values ($1, $2, $3) returning id`,
    [workspaceId, contacts, now],
  );
  return rows[0]!.id;
}

/** Written in the transaction that applied the items, or gave them up. */
export async function recordImported(
  tx: Tx,
  { parts, now }: { parts: readonly PartOutcome[]; now: Date },
): Promise<void> {
  if (parts.length === 0) return;
  const told = parts.map(({ part, outcome }) => ({
    ...part,
    contactId: outcome.ok ? outcome.contactId : 0,
    // Of what became nothing, nothing personal is kept.
    value: outcome.ok ? (part.value ?? null) : null,
    minted: outcome.ok && outcome.minted,
    problem: outcome.ok ? null : outcome.message.slice(0, 500),
  }));
  await tx.query({
    name: 'record_imported',
    text: `insert into import_results (contact_id, session_id, n, workspace_id, dedupe_value, minted, problem, at)
           select *, $8::timestamptz
             from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::text[], $6::boolean[], $7::text[])
               on conflict on constraint import_results_pkey do nothing`,
    values: [
      told.map((row) => row.contactId),
      told.map((row) => row.session),
      told.map((row) => row.n),
      told.map((row) => row.workspaceId),
      told.map((row) => row.value),
      told.map((row) => row.minted),
      told.map((row) => row.problem),
      now,
    ],
  });
}

export interface ImportSession {
  contacts: number;
  created_at: Date;
}

export async function findSession(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ImportSession | undefined> {
  const { rows } = await db.query<ImportSession>(
    `select contacts, created_at from import_sessions where id = $2 and workspace_id = $1`,
    [workspaceId, id],
  );
  return rows[0];
}

export interface ImportResult {
  n: number;
  contact_id: number;
  dedupe_value: string | null;
  problem: string | null;
  at: Date;
}

/**
 * In the order of the call. An item that failed and was tried again has two rows: what it became
 * counts. Index: import_results_of_session.
 */
export async function readResultsOf(
  db: Db,
  { workspaceId, id }: { workspaceId: number; id: number },
): Promise<ImportResult[]> {
  const { rows } = await db.query<ImportResult>(
    `select distinct on (n) n, contact_id, dedupe_value, problem, at
       from import_results
      where session_id = $2 and workspace_id = $1
      order by n, contact_id desc`,
    [workspaceId, id],
  );
  return rows;
}

/** Index: import_sessions_age. */
export async function forgetSessions(db: Db, { before }: { before: Date }): Promise<void> {
  await db.query(
    `delete from import_results r using import_sessions s
      where s.created_at < $1 and r.session_id = s.id`,
    [before],
  );
  await db.query(`delete from import_sessions where created_at < $1`, [before]);
}
