import type { Db, Tx } from '../db/index.ts';
import { hashesOf, type AddressKey } from './hash-addresses.ts';

export type { AddressKey } from './hash-addresses.ts';

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
  /** Of `blocked`: how often the address refused in a row. */
  strikes: number;
  /** The bulk action that alone asked for it. */
  job_id: number | null;
}

const COLUMNS =
  'workspace_id, channel, address, reason, since, until, details, source, contact_id, delivery_id, strikes, job_id';

/** What holds now of these addresses. Plan: suppressions_pkey, by arrays; pairs are sorted out here. */
export async function findSuppressions(
  db: Db,
  { addresses, now }: { addresses: readonly AddressKey[]; now: Date },
): Promise<SuppressionRow[]> {
  if (addresses.length === 0) return [];
  const hashes = await hashesOf(db, { addresses });
  const { rows } = await db.query<SuppressionRow>({
    name: 'find_suppressions',
    text: `select ${COLUMNS} from suppressions
            where workspace_id = any($1::bigint[]) and channel = any($2::text[]) and address = any($3::text[])
              and (until is null or until > $4)`,
    values: [...arraysOf([...addresses, ...hashes.values()]), now],
  });
  const plain = new Map([...hashes].map(([address, hash]) => [keyOf(hash), address.address]));
  const asked = new Set(addresses.map(keyOf));
  return rows.flatMap((row) => {
    const key = keyOf({ ...row, workspaceId: row.workspace_id });
    if (asked.has(key)) return [row];
    // Of somebody who was erased, and whose address came back.
    const address = plain.get(key);
    return address === undefined ? [] : [{ ...row, address }];
  });
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
  strikes?: number;
  /** A bulk action: it can be taken back until somebody else says the same. */
  jobId?: number;
}

/** Writes what is new; what was said first stays. Answers the rows that were written. */
export async function insertSuppressions(
  tx: Db,
  { suppressions }: { suppressions: readonly NewSuppression[] },
): Promise<SuppressionRow[]> {
  // One statement cannot write a row twice.
  const last = new Map(suppressions.map((row) => [`${keyOf(row)} ${row.reason}`, row]));
  const fresh = [...last.values()];
  if (fresh.length === 0) return [];
  const { rows } = await tx.query<SuppressionRow>(
    `insert into suppressions (${COLUMNS})
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
                          $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::smallint[],
                          $12::bigint[])
         on conflict on constraint suppressions_pkey do update
        set until = excluded.until, since = excluded.since, details = excluded.details, source = excluded.source,
            contact_id = excluded.contact_id, delivery_id = excluded.delivery_id,
            strikes = greatest(excluded.strikes, suppressions.strikes), job_id = excluded.job_id
      -- A block for a time gives way to a later one; nothing else is ever weakened.
      where suppressions.until is not null and (excluded.until is null or excluded.until > suppressions.until)
     returning ${COLUMNS}`,
    [
      fresh.map((row) => row.workspaceId),
      fresh.map((row) => row.channel),
      fresh.map((row) => row.address),
      fresh.map((row) => row.reason),
      fresh.map((row) => row.since),
      fresh.map((row) => row.until ?? null),
      fresh.map((row) => row.details ?? null),
      fresh.map((row) => row.source),
      fresh.map((row) => row.contactId ?? null),
      fresh.map((row) => row.deliveryId ?? null),
      fresh.map((row) => row.strikes ?? 0),
      fresh.map((row) => row.jobId ?? null),
    ],
  );
  if (rows.length < fresh.length) {
    await disownByJobs(tx, { suppressions: fresh });
    await disownByWorkflows(tx, { suppressions: fresh });
  }
  return rows;
}

/** What somebody else says too is not a job's alone any more. Plan: suppressions_pkey. */
async function disownByJobs(
  tx: Db,
  { suppressions }: { suppressions: readonly NewSuppression[] },
): Promise<void> {
  await tx.query(
    `update suppressions s set job_id = null
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[])
            as said (workspace_id, channel, address, reason, job_id)
      where s.workspace_id = said.workspace_id and s.channel = said.channel and s.address = said.address
        and s.reason = said.reason and s.job_id is not null and s.job_id is distinct from said.job_id`,
    [
      suppressions.map((row) => row.workspaceId),
      suppressions.map((row) => row.channel),
      suppressions.map((row) => row.address),
      suppressions.map((row) => row.reason),
      suppressions.map((row) => row.jobId ?? null),
    ],
  );
}

/** What the person says too is not a workflow's alone to take back. Plan: suppressions_pkey. */
async function disownByWorkflows(
  tx: Db,
  { suppressions }: { suppressions: readonly NewSuppression[] },
): Promise<void> {
  const others = suppressions.filter(({ source }) => source !== 'workflow');
  if (others.length === 0) return;
  await tx.query(
    `update suppressions s set source = said.source
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
            as said (workspace_id, channel, address, reason, source)
      where s.workspace_id = said.workspace_id and s.channel = said.channel and s.address = said.address
        and s.reason = said.reason and s.source = 'workflow'`,
    [
      others.map((row) => row.workspaceId),
      others.map((row) => row.channel),
      others.map((row) => row.address),
      others.map((row) => row.reason),
      others.map((row) => row.source),
    ],
  );
}

/** What blocks of workflows unsubscribed. Plan: suppressions_pkey, by arrays. */
export async function deleteOfWorkflows(
  tx: Tx,
  { addresses }: { addresses: readonly AddressKey[] },
): Promise<SuppressionRow[]> {
  if (addresses.length === 0) return [];
  const { rows } = await tx.query<SuppressionRow>(
    `delete from suppressions s
      using unnest($1::bigint[], $2::text[], $3::text[]) as meant (workspace_id, channel, address)
      where s.workspace_id = meant.workspace_id and s.channel = meant.channel and s.address = meant.address
        and s.reason = 'unsubscribed' and s.source = 'workflow'
  returning ${COLUMNS.split(', ')
    .map((column) => `s.${column}`)
    .join(', ')}`,
    [
      addresses.map((key) => key.workspaceId),
      addresses.map((key) => key.channel),
      addresses.map((key) => key.address),
    ],
  );
  return rows;
}

/** What a job alone asked for, where it heard of it by these contacts. Index suppressions_of_job. */
export async function deleteOfJob(
  tx: Tx,
  {
    workspaceId,
    jobId,
    contactIds,
  }: { workspaceId: number; jobId: number; contactIds: readonly number[] },
): Promise<SuppressionRow[]> {
  const { rows } = await tx.query<SuppressionRow>(
    `delete from suppressions where workspace_id = $1 and job_id = $2 and contact_id = any($3)
     returning ${COLUMNS}`,
    [workspaceId, jobId, contactIds],
  );
  return rows;
}

/** Blocks of these addresses, those that are over too. Plan: suppressions_pkey. */
export async function findBlocks(
  db: Db,
  { addresses }: { addresses: readonly AddressKey[] },
): Promise<SuppressionRow[]> {
  const { rows } = await db.query<SuppressionRow>({
    name: 'find_blocks',
    text: `select ${COLUMNS} from suppressions
            where workspace_id = any($1::bigint[]) and channel = any($2::text[]) and address = any($3::text[])
              and reason = 'blocked'`,
    values: arraysOf(addresses),
  });
  return rows;
}

/** What was delivered to an address forgets the refusals before; a block that holds stays. */
export async function forgetStrikes(
  tx: Db,
  { addresses, now }: { addresses: readonly AddressKey[]; now: Date },
): Promise<void> {
  if (addresses.length === 0) return;
  await tx.query({
    name: 'forget_strikes',
    text: `delete from suppressions s
            using unnest($1::bigint[], $2::text[], $3::text[]) as reached (workspace_id, channel, address)
            where s.workspace_id = reached.workspace_id and s.channel = reached.channel
              and s.address = reached.address and s.reason = 'blocked' and s.until <= $4`,
    values: [
      addresses.map((key) => key.workspaceId),
      addresses.map((key) => key.channel),
      addresses.map((key) => key.address),
      now,
    ],
  });
}

function arraysOf(addresses: readonly AddressKey[]): unknown[] {
  const unique = <Value>(values: Value[]): Value[] => [...new Set(values)];
  return [
    unique(addresses.map((key) => key.workspaceId)),
    unique(addresses.map((key) => key.channel)),
    unique(addresses.map((key) => key.address)),
  ];
}

export interface Sharer {
  workspace_id: number;
  kind: string;
  value: string;
  contact_id: number;
}

/** Who has these addresses. Plan: identifiers_pkey. */
export async function findSharers(
  db: Db,
  { identifiers }: { identifiers: readonly { workspaceId: number; kind: string; value: string }[] },
): Promise<Sharer[]> {
  if (identifiers.length === 0) return [];
  const { rows } = await db.query<Sharer>(
    `select i.workspace_id, i.kind, i.value, i.contact_id
       from unnest($1::bigint[], $2::text[], $3::text[]) as sought (workspace_id, kind, value)
       join identifiers i on i.workspace_id = sought.workspace_id and i.kind = sought.kind
                         and i.value = sought.value`,
    [
      identifiers.map((row) => row.workspaceId),
      identifiers.map((row) => row.kind),
      identifiers.map((row) => row.value),
    ],
  );
  return rows;
}

/** Takes back all of these reasons of these addresses; answers what was there. */
export async function deleteSuppressions(
  tx: Tx,
  {
    addresses,
    reasons,
  }: { addresses: readonly AddressKey[]; reasons: readonly SuppressionReason[] },
): Promise<SuppressionRow[]> {
  if (addresses.length === 0) return [];
  const keys = [...addresses, ...(await hashesOf(tx, { addresses })).values()];
  const { rows } = await tx.query<SuppressionRow>(
    `delete from suppressions s
      using unnest($1::bigint[], $2::text[], $3::text[]) as gone (workspace_id, channel, address)
      where s.workspace_id = gone.workspace_id and s.channel = gone.channel and s.address = gone.address
        and s.reason = any($4::text[])
     returning s.workspace_id, s.channel, s.address, s.reason, s.since, s.until, s.details, s.source,
               s.contact_id, s.delivery_id, s.strikes, s.job_id`,
    [
      keys.map((key) => key.workspaceId),
      keys.map((key) => key.channel),
      keys.map((key) => key.address),
      reasons,
    ],
  );
  return rows;
}

export interface SuppressionFilter {
  workspaceId: number;
  channel?: string | undefined;
  address?: string | undefined;
  /** The beginning of an address. */
  search?: string | undefined;
  reason?: SuppressionReason | undefined;
  /** Blocks that are over are left out. */
  now: Date;
  /** Older than this one, newest first. */
  before?: [since: string, channel: string, address: string, reason: string] | undefined;
  limit: number;
}

/** Index: suppressions_newest, read backwards; with an address or its beginning suppressions_address. */
export async function listSuppressions(
  db: Db,
  { workspaceId, channel, address, search, reason, now, before, limit }: SuppressionFilter,
): Promise<SuppressionRow[]> {
  const { rows } = await db.query<SuppressionRow>(
    `select ${COLUMNS} from suppressions
      where workspace_id = $1
        and ($2::text is null or channel = $2)
        and ($3::text is null or address = $3)
        and ($4::text is null or reason = $4)
        and ($5::timestamptz is null or since <= $5)
        and ($5::timestamptz is null or (since, channel, address, reason) < ($5, $6, $7, $8))
        and (until is null or until > $10)
        and ($11::text is null or (address ~>=~ $11 and address ~<~ $12))
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
      now,
      search ?? null,
      // Compared by bytes, as the index is: nothing that begins so comes after the last code point.
      search === undefined ? null : `${search}\u{10ffff}`,
    ],
  );
  return rows;
}
