import type { Settled } from '../../contact-rows/index.ts';
import type { JoinedCards } from '../../contacts/index.ts';
import type { StandingRun } from '../../runs/index.ts';
import type { Tx } from '../../db/pool.ts';
import type { MergeItem, UnmergeItem } from '../../inbox/index.ts';

/** What a merge did, so that it can be shown and undone. */
export interface MergeJournal {
  cards: JoinedCards;
  /** By table: rows of one key that both contacts had. */
  rows: Record<string, Settled[]>;
  /** Runs that ended because the other contact was in the same workflow, as they stood. */
  runs: StandingRun[];
}

export async function saveMerged(
  tx: Tx,
  { merges, now }: { merges: { item: MergeItem; journal: MergeJournal }[]; now: Date },
): Promise<void> {
  await tx.query(
    `update merges m set state = 'applied', applied_at = $4, journal = made.journal
       from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as made (keep_id, id, journal)
      where m.keep_id = made.keep_id and m.id = made.id`,
    [
      merges.map(({ item }) => item.keepId),
      merges.map(({ item }) => item.mergeId),
      merges.map(({ journal }) => JSON.stringify(journal)),
      now,
    ],
  );
}

export async function loadJournals(
  tx: Tx,
  { keepId, mergeIds }: { keepId: number; mergeIds: number[] },
): Promise<Map<number, MergeJournal>> {
  const { rows } = await tx.query<{ id: number; journal: MergeJournal }>(
    `select id, journal from merges where keep_id = $1 and id = any($2) and state = 'applied'`,
    [keepId, mergeIds],
  );
  return new Map(rows.map(({ id, journal }) => [id, journal]));
}

/** The merges since keep what they chose again. */
export async function saveUnmerged(
  tx: Tx,
  {
    item: { keepId, mergeId },
    journals,
    now,
  }: { item: UnmergeItem; journals: Map<number, MergeJournal>; now: Date },
): Promise<void> {
  const later = [...journals].filter(([id]) => id !== mergeId);
  await tx.query(
    `update merges m set journal = chosen.journal
       from unnest($2::bigint[], $3::jsonb[]) as chosen (id, journal)
      where m.keep_id = $1 and m.id = chosen.id`,
    [keepId, later.map(([id]) => id), later.map(([, journal]) => JSON.stringify(journal))],
  );
  await tx.query(
    `update merges set state = 'undone', undone_at = coalesce(undone_at, $3) where keep_id = $1 and id = $2`,
    [keepId, mergeId, now],
  );
}
