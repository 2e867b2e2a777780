import { copyRows } from '../../db/binary-copy.ts';
import type { Tx } from '../../db/pool.ts';
import type { Json, MergeItem } from '../../inbox/index.ts';
import type { JoinedIdentifiers } from './join-identifiers.ts';
import type { KnownMerge } from './part-identifiers.ts';

/** A merge as the resolver decided it; `item` stands in both contacts' queues. */
export interface DecidedMerge {
  item: MergeItem;
  identifiers: JoinedIdentifiers;
  /** The kind of the item that led to it, or `by_hand`. */
  reason: string;
  why: Json | Record<string, unknown>;
  decidedBy: string | null;
}

export async function mintMergeIds(tx: Tx, { n }: { n: number }): Promise<number[]> {
  if (n === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    `select nextval('merge_ids') as id from generate_series(1, $1)`,
    [n],
  );
  return rows.map((row) => row.id);
}

export async function insertMerges(
  tx: Tx,
  { workspaceId, merges, now }: { workspaceId: number; merges: DecidedMerge[]; now: Date },
): Promise<void> {
  await copyRows(
    tx,
    'merges',
    [
      ['keep_id', 'int8'],
      ['drop_id', 'int8'],
      ['id', 'int8'],
      ['workspace_id', 'int8'],
      ['state', 'text'],
      ['reason', 'text'],
      ['why', 'jsonb'],
      ['decided_by', 'text'],
      ['identifiers', 'jsonb'],
      ['decided_at', 'timestamptz'],
    ],
    merges.map(({ item, identifiers, reason, why, decidedBy }) => [
      item.keepId,
      item.dropId,
      item.mergeId,
      workspaceId,
      'decided',
      reason,
      JSON.stringify(why),
      decidedBy,
      JSON.stringify(identifiers),
      now.getTime(),
    ]),
  );
}

/** From then on the resolver takes it for undone; its rows go back when it is applied. */
export async function markParted(
  tx: Tx,
  { parted, now }: { parted: { mergeId: number; keepId: number; by: string }[]; now: Date },
): Promise<void> {
  if (parted.length === 0) return;
  await tx.query(
    `update merges m set undone_at = $4, undone_by = parted.by
       from unnest($1::bigint[], $2::bigint[], $3::text[]) as parted (keep_id, id, by)
      where m.keep_id = parted.keep_id and m.id = parted.id`,
    [
      parted.map(({ keepId }) => keepId),
      parted.map(({ mergeId }) => mergeId),
      parted.map(({ by }) => by),
      now,
    ],
  );
}

export async function saveRechosen(
  tx: Tx,
  { rechosen }: { rechosen: { mergeId: number; keepId: number; identifiers: JoinedIdentifiers }[] },
): Promise<void> {
  if (rechosen.length === 0) return;
  // Once each, with what was chosen last.
  const last = [...new Map(rechosen.map((merge) => [merge.mergeId, merge])).values()];
  await tx.query(
    `update merges m set identifiers = chosen.identifiers
       from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as chosen (keep_id, id, identifiers)
      where m.keep_id = chosen.keep_id and m.id = chosen.id`,
    [
      last.map(({ keepId }) => keepId),
      last.map(({ mergeId }) => mergeId),
      last.map(({ identifiers }) => JSON.stringify(identifiers)),
    ],
  );
}

interface StoredMerge {
  id: number;
  keep_id: number;
  drop_id: number;
  identifiers: JoinedIdentifiers;
}

/** Merges in force: these, those into the same contacts, and those into what was dropped. */
export async function mergesAround(
  tx: Tx,
  { workspaceId, mergeIds }: { workspaceId: number; mergeIds: number[] },
): Promise<KnownMerge[]> {
  if (mergeIds.length === 0) return [];
  const { rows } = await tx.query<StoredMerge>(
    `select id, keep_id, drop_id, identifiers from merges
      where workspace_id = $1 and id = any($2) and undone_at is null`,
    [workspaceId, mergeIds],
  );
  const found = new Map(rows.map((row) => [row.id, toMerge(row)]));
  let asked = new Set<number>();
  for (;;) {
    const ids = new Set([...found.values()].flatMap(({ keepId, dropId }) => [keepId, dropId]));
    const wanted = [...ids].filter((id) => !asked.has(id));
    if (wanted.length === 0) return [...found.values()];
    asked = ids;
    const around = await tx.query<StoredMerge>(
      `select id, keep_id, drop_id, identifiers from merges
        where keep_id = any($1) and undone_at is null`,
      [wanted],
    );
    for (const row of around.rows) found.set(row.id, toMerge(row));
  }
}

function toMerge({ id, keep_id, drop_id, identifiers }: StoredMerge): KnownMerge {
  return { mergeId: id, keepId: keep_id, dropId: drop_id, identifiers };
}
