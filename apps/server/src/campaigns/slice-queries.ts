import type { Db, Tx } from '../db/index.ts';

/** Some contacts of an audience that are due together. */
export interface NewSlice {
  dueAt: Date | null;
  holdOut: boolean;
  /** Waits for the winner. */
  rest: boolean;
  contactIds: number[];
}

/** Numbers go on from those that are there. Nobody else writes slices of the campaign meanwhile. */
export async function insertSlices(
  tx: Tx,
  { campaignId, slices }: { campaignId: number; slices: readonly NewSlice[] },
): Promise<void> {
  await tx.query(
    `insert into campaign_slices (campaign_id, n, due_at, hold_out, rest, size, contact_ids)
     select $1, (select coalesce(max(n) + 1, 0) from campaign_slices where campaign_id = $1) + row.n, row.due_at,
            row.hold_out, row.rest, cardinality(row.contact_ids::bigint[]), row.contact_ids::bigint[]
       from unnest($2::integer[], $3::timestamptz[], $4::boolean[], $5::boolean[], $6::text[])
            as row (n, due_at, hold_out, rest, contact_ids)`,
    [
      campaignId,
      slices.map((_, n) => n),
      slices.map(({ dueAt }) => dueAt),
      slices.map(({ holdOut }) => holdOut),
      slices.map(({ rest }) => rest),
      slices.map(({ contactIds }) => `{${contactIds.join(',')}}`),
    ],
  );
}

/** Contacts of slices that wait, and of those that were handed over how many there were. */
export interface AudienceState {
  audience: number;
  handed: number;
  decided: number;
  /** Of those not handed over, contacts who wait for the winner. */
  rest: number;
}

const NOBODY: AudienceState = { audience: 0, handed: 0, decided: 0, rest: 0 };

/** Indexes campaign_slices_pkey, campaign_counts_pkey. */
export async function readAudienceStates(
  db: Db,
  { campaignIds }: { campaignIds: readonly number[] },
): Promise<Map<number, AudienceState>> {
  const { rows } = await db.query<AudienceState & { id: number }>(
    `select wanted.id, coalesce(slices.audience, 0) as audience, coalesce(slices.handed, 0) as handed,
            coalesce(counts.decided, 0) as decided, coalesce(slices.rest, 0) as rest
       from unnest($1::bigint[]) as wanted (id)
       left join (select campaign_id, sum(size)::bigint as audience,
                         sum(size) filter (where handed_at is not null)::bigint as handed,
                         sum(size) filter (where handed_at is null and rest)::bigint as rest
                    from campaign_slices where campaign_id = any($1) group by campaign_id) slices
         on slices.campaign_id = wanted.id
       left join (select campaign_id, sum(decided)::bigint as decided
                    from campaign_counts where campaign_id = any($1) group by campaign_id) counts
         on counts.campaign_id = wanted.id`,
    [campaignIds],
  );
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}

export async function readAudienceState(
  db: Db,
  { campaignId }: { campaignId: number },
): Promise<AudienceState> {
  const states = await readAudienceStates(db, { campaignIds: [campaignId] });
  return states.get(campaignId) ?? NOBODY;
}

export interface SliceRow {
  n: number;
  due_at: Date | null;
  hold_out: boolean;
  rest: boolean;
  size: number;
  contact_ids: number[];
}

/** The next slice that may be handed over; with `rest` those of whom waits for the winner, too. Index campaign_slices_waiting. */
export async function takeSlice(
  tx: Tx,
  { campaignId, until, rest }: { campaignId: number; until: Date; rest: boolean },
): Promise<SliceRow | undefined> {
  const { rows } = await tx.query<SliceRow>(
    `select n, due_at, hold_out, rest, size, contact_ids from campaign_slices
      where campaign_id = $1 and handed_at is null and (due_at is null or due_at <= $2) and rest <= $3
      order by rest, due_at nulls first, n
      limit 1
        for update`,
    [campaignId, until, rest],
  );
  return rows[0];
}

/**
 * The first `n` of its contacts are in the slots' queues; the others wait on as a slice of their own.
 * Until everybody is noted it stays known who was.
 */
export async function markHanded(
  tx: Tx,
  {
    campaignId,
    slice,
    n,
    keep,
    now,
  }: { campaignId: number; slice: SliceRow; n: number; keep: boolean; now: Date },
): Promise<void> {
  const kept = keep ? slice.contact_ids.slice(0, n) : null;
  await tx.query(
    `update campaign_slices set size = $3, contact_ids = $4, handed_at = $5
      where campaign_id = $1 and n = $2`,
    [campaignId, slice.n, n, kept, now],
  );
  const rest = slice.contact_ids.slice(n);
  if (rest.length === 0) return;
  await insertSlices(tx, {
    campaignId,
    slices: [{ dueAt: slice.due_at, holdOut: slice.hold_out, rest: slice.rest, contactIds: rest }],
  });
}

/** Contacts noted by a reading that broke off. */
export async function readNoted(
  db: Db,
  { campaignId }: { campaignId: number },
): Promise<Set<number>> {
  const { rows } = await db.query<{ contact_ids: number[] }>(
    `select contact_ids from campaign_slices where campaign_id = $1 and contact_ids is not null`,
    [campaignId],
  );
  return new Set(rows.flatMap(({ contact_ids: ids }) => ids));
}

/** Everybody is noted: nobody asks for those any more who were handed over. */
export async function forgetHanded(tx: Tx, { campaignId }: { campaignId: number }): Promise<void> {
  await tx.query(
    `update campaign_slices set contact_ids = null
      where campaign_id = $1 and handed_at is not null and contact_ids is not null`,
    [campaignId],
  );
}

/** What was not handed over will not be; the numbers stay. */
export async function forgetWaiting(tx: Tx, { campaignId }: { campaignId: number }): Promise<void> {
  await tx.query(
    `update campaign_slices set contact_ids = null where campaign_id = $1 and handed_at is null`,
    [campaignId],
  );
}

/** More contacts were decided about. */
export async function addDecided(
  tx: Tx,
  { counts }: { counts: readonly { campaignId: number; slot: number; decided: number }[] },
): Promise<void> {
  await tx.query(
    `insert into campaign_counts (campaign_id, slot, decided)
     select * from unnest($1::bigint[], $2::integer[], $3::bigint[])
         on conflict (campaign_id, slot) do update set decided = campaign_counts.decided + excluded.decided`,
    [
      counts.map((row) => row.campaignId),
      counts.map((row) => row.slot),
      counts.map((row) => row.decided),
    ],
  );
}
