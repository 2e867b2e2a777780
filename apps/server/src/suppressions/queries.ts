import type { Db, Tx } from '../db/index.ts';

export const SUPPRESSION_REASONS = [
  'blacklisted',
  'bounced',
  'complained',
  'unsubscribed',
  'blocked',
] as const;
/** Strictest first. */
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** One reason why an address must not be written to. */
export interface SuppressionRow {
  workspace_id: number;
  channel: string;
  address: string;
  reason: SuppressionReason;
  since: Date;
  until: Date | null;
  details: string | null;
  source: string;
  contact_id: number | null;
  delivery_id: number | null;
}

export interface AddressKey {
  workspaceId: number;
  channel: string;
  address: string;
}

const COLUMNS =
  'workspace_id, channel, address, reason, since, until, details, source, contact_id, delivery_id';

/** What holds now of these addresses. Plan: suppressions_pkey, by arrays; pairs are sorted out here. */
export async function findSuppressions(
  db: Db,
  { addresses, now }: { addresses: readonly AddressKey[]; now: Date },
): Promise<SuppressionRow[]> {
  if (addresses.length === 0) return [];
  const unique = <Value>(values: Value[]): Value[] => [...new Set(values)];
  const { rows } = await db.query<SuppressionRow>({
    name: 'find_suppressions',
    text: `select ${COLUMNS} from suppressions
            where workspace_id = any($1::bigint[]) and channel = any($2::text[]) and address = any($3::text[])
              and (until is null or until > $4)`,
    values: [
      unique(addresses.map((key) => key.workspaceId)),
      unique(addresses.map((key) => key.channel)),
      unique(addresses.map((key) => key.address)),
      now,
    ],
  });
  const asked = new Set(addresses.map(keyOf));
  return rows.filter((row) => asked.has(keyOf({ ...row, workspaceId: row.workspace_id })));
}

/** As a key of a map. */
export function keyOf({ workspaceId, channel, address }: AddressKey): string {
  return `${workspaceId} ${channel} ${address}`;
}

export interface NewSuppression extends AddressKey {
  reason: SuppressionReason;
  since: Date;
  until?: Date;
  details?: string;
  source: string;
  contactId?: number;
  deliveryId?: number;
}

/** Writes what is new; what was said first stays. Answers the rows that were written. */
export async function insertSuppressions(
  tx: Db,
  { suppressions }: { suppressions: readonly NewSuppression[] },
): Promise<SuppressionRow[]> {
  if (suppressions.length === 0) return [];
  const { rows } = await tx.query<SuppressionRow>(
    `insert into suppressions (${COLUMNS})
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                          $7::text[], $8::text[], $9::bigint[], $10::bigint[])
         on conflict on constraint suppressions_pkey do update
        set until = excluded.until, since = excluded.since, details = excluded.details, source = excluded.source,
            contact_id = excluded.contact_id, delivery_id = excluded.delivery_id
      -- A block for a time gives way to a later one; nothing else is ever weakened.
      where suppressions.until is not null and (excluded.until is null or excluded.until > suppressions.until)
     returning ${COLUMNS}`,
    [
      suppressions.map((row) => row.workspaceId),
      suppressions.map((row) => row.channel),
      suppressions.map((row) => row.address),
      suppressions.map((row) => row.reason),
      suppressions.map((row) => row.since),
      suppressions.map((row) => row.until ?? null),
      suppressions.map((row) => row.details ?? null),
      suppressions.map((row) => row.source),
      suppressions.map((row) => row.contactId ?? null),
      suppressions.map((row) => row.deliveryId ?? null),
    ],
  );
  return rows;
}

/** Who has this address. Plan: identifiers_pkey. */
export async function findSharers(
  db: Db,
  { workspaceId, kind, value }: { workspaceId: number; kind: string; value: string },
): Promise<number[]> {
  const { rows } = await db.query<{ contact_id: number }>(
    `select contact_id from identifiers where workspace_id = $1 and kind = $2 and value = $3`,
    [workspaceId, kind, value],
  );
  return rows.map((row) => row.contact_id);
}

export async function deleteSuppression(
  tx: Tx,
  { workspaceId, channel, address, reason }: AddressKey & { reason: SuppressionReason },
): Promise<SuppressionRow | undefined> {
  const { rows } = await tx.query<SuppressionRow>(
    `delete from suppressions where workspace_id = $1 and channel = $2 and address = $3 and reason = $4
     returning ${COLUMNS}`,
    [workspaceId, channel, address, reason],
  );
  return rows[0];
}

export interface SuppressionFilter {
  workspaceId: number;
  channel?: string | undefined;
  address?: string | undefined;
  reason?: SuppressionReason | undefined;
  /** Older than this one, newest first. */
  before?: [since: string, channel: string, address: string, reason: string] | undefined;
  limit: number;
}

/** Index: suppressions_newest, read backwards; with an address the primary key. */
export async function listSuppressions(
  db: Db,
  { workspaceId, channel, address, reason, before, limit }: SuppressionFilter,
): Promise<SuppressionRow[]> {
  const { rows } = await db.query<SuppressionRow>(
    `select ${COLUMNS} from suppressions
      where workspace_id = $1
        and ($2::text is null or channel = $2)
        and ($3::text is null or address = $3)
        and ($4::text is null or reason = $4)
        and ($5::timestamptz is null or since <= $5)
        and ($5::timestamptz is null or (since, channel, address, reason) < ($5, $6, $7, $8))
      order by since desc, channel desc, address desc, reason desc
      limit $9`,
    [
      workspaceId,
      channel ?? null,
      address ?? null,
      reason ?? null,
      before?.[0] ?? null,
      before?.[1] ?? null,
      before?.[2] ?? null,
      before?.[3] ?? null,
      limit,
    ],
  );
  return rows;
}
