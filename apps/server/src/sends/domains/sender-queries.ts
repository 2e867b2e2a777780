import type { Db, Tx } from '../../db/index.ts';
import type { DomainState } from './domain-queries.ts';

export interface SenderRow {
  id: number;
  name: string;
  address: string;
  reply_to: string | null;
  domain_id: number;
  domain: string;
  domain_state: DomainState;
  /** Messages that name nobody are from it; at most one in a workspace. */
  is_default: boolean;
  created_at: Date;
  updated_at: Date;
}

const SELECT = `select s.id, s.name, s.address, s.reply_to, s.domain_id, d.domain, d.state as domain_state,
    s.is_default, s.created_at, s.updated_at
  from senders s join sender_domains d on d.id = s.domain_id`;

export async function listAllSenders(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<SenderRow[]> {
  const { rows } = await db.query<SenderRow>(
    `${SELECT} where s.workspace_id = $1 order by d.domain, s.address`,
    [workspaceId],
  );
  return rows;
}

export async function findSender(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<SenderRow | undefined> {
  const { rows } = await db.query<SenderRow>(
    `${SELECT} where s.workspace_id = $1 and s.id = $2 ${lock ? 'for update of s' : ''}`,
    [workspaceId, id],
  );
  return rows[0];
}

export async function countSenders(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<Map<number, number>> {
  const { rows } = await db.query<{ domain_id: number; n: number }>(
    `select domain_id, count(*) as n from senders where workspace_id = $1 group by domain_id`,
    [workspaceId],
  );
  return new Map(rows.map(({ domain_id, n }) => [domain_id, n]));
}

/** Undefined when the address is taken. */
export async function insertSender(
  tx: Tx,
  {
    workspaceId,
    sender,
    now,
  }: {
    workspaceId: number;
    sender: Pick<SenderRow, 'name' | 'address' | 'reply_to' | 'domain_id' | 'is_default'>;
    now: Date;
  },
): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into senders (workspace_id, domain_id, name, address, reply_to, is_default, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (workspace_id, address) do nothing
     returning id`,
    [
      workspaceId,
      sender.domain_id,
      sender.name,
      sender.address,
      sender.reply_to,
      sender.is_default,
      now,
    ],
  );
  return rows[0]?.id;
}

export async function updateSender(
  tx: Tx,
  {
    id,
    sender,
    now,
  }: { id: number; sender: Pick<SenderRow, 'name' | 'reply_to' | 'is_default'>; now: Date },
): Promise<void> {
  await tx.query(
    `update senders set name = $2, reply_to = $3, is_default = $4, updated_at = $5 where id = $1`,
    [id, sender.name, sender.reply_to, sender.is_default, now],
  );
}

/** Makes room for another default. */
export async function dropDefault(tx: Tx, { workspaceId }: { workspaceId: number }): Promise<void> {
  await tx.query(`update senders set is_default = false where workspace_id = $1 and is_default`, [
    workspaceId,
  ]);
}

export async function deleteSender(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from senders where id = $1`, [id]);
}
