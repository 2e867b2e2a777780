import type { Db, Tx } from '../../db/index.ts';
import type { RecordFault } from './records/finding.ts';

export type DomainState = 'pending' | 'verified' | 'broken';
export type RecordState = 'unknown' | 'right' | 'missing' | 'differs';

/** What is kept of the checks of one record: the last word of DNS, and its last silence. */
export interface KeptFinding {
  state: RecordState;
  found: string[];
  faults: RecordFault[];
  notes: { code: string; detail?: string }[];
  lookups?: number;
  trouble?: string;
  /** ISO 8601. */
  at: string;
}

export interface RecordChange {
  /** ISO 8601. */
  at: string;
  record: string;
  from: string;
  to: string;
}

export interface SenderDomainRow {
  id: number;
  workspace_id: number;
  domain: string;
  senders: string[];
  return_domain: string | null;
  active_selector: string;
  state: DomainState;
  state_at: Date;
  /** By record: `spf`, `dkim:SELECTOR`, `dmarc`, `return_mx`. */
  findings: Record<string, KeptFinding>;
  history: RecordChange[];
  checked_at: Date | null;
  check_at: Date;
  created_at: Date;
  updated_at: Date;
}

export interface DomainKeyRow {
  domain_id: number;
  selector: string;
  public_key: string;
  /** Sealed. */
  private_key: string;
  created_at: Date;
  retired_at: Date | null;
  /** Null: from the beginning, or never. */
  signs_since: Date | null;
}

const COLUMNS = `id, workspace_id, domain, senders, return_domain, active_selector, state, state_at, findings,
  history, checked_at, check_at, created_at, updated_at`;

export async function listDomains(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<SenderDomainRow[]> {
  const { rows } = await db.query<SenderDomainRow>(
    `select ${COLUMNS} from sender_domains where workspace_id = $1 order by domain`,
    [workspaceId],
  );
  return rows;
}

export async function findDomain(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<SenderDomainRow | undefined> {
  const { rows } = await db.query<SenderDomainRow>(
    `select ${COLUMNS} from sender_domains where workspace_id = $1 and id = $2 ${lock ? 'for update' : ''}`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Undefined when the workspace has the domain already. */
export async function insertDomain(
  tx: Tx,
  {
    workspaceId,
    domain,
    now,
  }: {
    workspaceId: number;
    domain: Pick<SenderDomainRow, 'domain' | 'senders' | 'return_domain' | 'active_selector'>;
    now: Date;
  },
): Promise<SenderDomainRow | undefined> {
  const { rows } = await tx.query<SenderDomainRow>(
    `insert into sender_domains (workspace_id, domain, senders, return_domain, active_selector, state_at, check_at,
                                 created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6, $6, $6)
     on conflict (workspace_id, domain) do nothing
     returning ${COLUMNS}`,
    [workspaceId, domain.domain, domain.senders, domain.return_domain, domain.active_selector, now],
  );
  return rows[0];
}

/** A change of what is wanted: what DNS says is asked anew. */
export async function updateDomain(
  tx: Tx,
  {
    id,
    domain,
    now,
  }: {
    id: number;
    domain: Pick<
      SenderDomainRow,
      'senders' | 'return_domain' | 'active_selector' | 'state' | 'state_at' | 'findings'
    >;
    now: Date;
  },
): Promise<SenderDomainRow> {
  const { rows } = await tx.query<SenderDomainRow>(
    `update sender_domains
        set senders = $2, return_domain = $3, active_selector = $4, state = $5, state_at = $6, findings = $7,
            check_at = $8, updated_at = greatest($8, updated_at + interval '1 millisecond')
      where id = $1
      returning ${COLUMNS}`,
    [
      id,
      domain.senders,
      domain.return_domain,
      domain.active_selector,
      domain.state,
      domain.state_at,
      JSON.stringify(domain.findings),
      now,
    ],
  );
  return rows[0]!;
}

export async function deleteDomain(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from sender_domains where id = $1`, [id]);
}

/** Keeps what a check found, unless the domain was changed while it asked. */
export async function keepFindings(
  db: Db,
  {
    id,
    asOf,
    kept,
    now,
  }: {
    id: number;
    /** `updated_at` when the check began. */
    asOf: Date;
    kept: Pick<SenderDomainRow, 'state' | 'state_at' | 'findings' | 'history' | 'check_at'>;
    now: Date;
  },
): Promise<SenderDomainRow | undefined> {
  const { rows } = await db.query<SenderDomainRow>(
    `update sender_domains
        set state = $3, state_at = $4, findings = $5, history = $6, check_at = $7, checked_at = $8
      where id = $1 and updated_at = $2
      returning ${COLUMNS}`,
    [
      id,
      asOf,
      kept.state,
      kept.state_at,
      JSON.stringify(kept.findings),
      JSON.stringify(kept.history),
      kept.check_at,
      now,
    ],
  );
  return rows[0];
}

/** Those to be checked; whoever takes them has until then. Index: sender_domains_due. */
export async function claimDueDomains(
  db: Db,
  { most, until, now }: { most: number; until: Date; now: Date },
): Promise<SenderDomainRow[]> {
  const { rows } = await db.query<SenderDomainRow>(
    `update sender_domains
        set check_at = $3
      where id in (select id from sender_domains where check_at <= $1 order by check_at limit $2
                   for update skip locked)
      returning ${COLUMNS}`,
    [now, most, until],
  );
  return rows;
}

export async function findKeys(
  db: Db,
  { domainIds }: { domainIds: readonly number[] },
): Promise<DomainKeyRow[]> {
  const { rows } = await db.query<DomainKeyRow>(
    `select domain_id, selector, public_key, private_key, created_at, retired_at, signs_since
       from sender_domain_keys where domain_id = any($1::bigint[]) order by domain_id, selector`,
    [domainIds],
  );
  return rows;
}

export async function writeKey(
  tx: Tx,
  { key, now }: { key: Omit<DomainKeyRow, 'created_at' | 'retired_at' | 'signs_since'>; now: Date },
): Promise<void> {
  await tx.query(
    `insert into sender_domain_keys (domain_id, selector, public_key, private_key, created_at)
     values ($1, $2, $3, $4, $5)
     on conflict (domain_id, selector) do update
        set public_key = excluded.public_key, private_key = excluded.private_key,
            created_at = excluded.created_at, retired_at = null, signs_since = null`,
    [key.domain_id, key.selector, key.public_key, key.private_key, now],
  );
}

/** Notes since when a key signs no more, and that another one does. */
export async function switchKeys(
  tx: Tx,
  { domainId, to, now }: { domainId: number; to: string; now: Date },
): Promise<void> {
  await tx.query(
    `update sender_domain_keys
        set retired_at = case when selector = $2 then null else $3::timestamptz end,
            signs_since = case when selector = $2 then $3::timestamptz end
      where domain_id = $1`,
    [domainId, to, now],
  );
}

export interface FromRow {
  id: number;
  name: string;
  /** As it was written: Liquid, a name with an address, or an address. */
  sender: string;
}

/** Messages that say whom they are from, by what stands in their newest version; the newest first. */
export async function listFroms(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<FromRow[]> {
  const { rows } = await db.query<FromRow>(
    `select distinct m.id, m.name, language.content ->> 'from' as sender
       from messages m
       join message_versions v on v.message_id = m.id and v.version = m.version
      cross join lateral jsonb_each(v.content) as language (code, content)
      where m.workspace_id = $1 and m.channel = 'email' and m.archived_at is null
        and language.content ->> 'from' <> ''
      order by m.id desc
      limit 5000`,
    [workspaceId],
  );
  return rows;
}
