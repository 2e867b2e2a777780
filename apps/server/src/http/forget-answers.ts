import type { Tx } from '../db/index.ts';

/** Answers that are kept for repeats and may hold one of these texts. */
export async function forgetAnswers(
  tx: Tx,
  { workspaceId, pieces }: { workspaceId: number; pieces: readonly string[] },
): Promise<void> {
  await tx.query(
    `delete from idempotency_keys
      where workspace_id = $1
        and exists (select from unnest($2::text[]) as piece where strpos(answer::text, piece) > 0)`,
    [workspaceId, pieces],
  );
}
