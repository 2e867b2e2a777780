import type { CampaignState } from '@perennial/contracts';
import type { Db, Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import type { CampaignRow, WinnerResult } from './queries.ts';

export async function setRead(tx: Tx, { id, now }: { id: number; now: Date }): Promise<void> {
  await tx.query(`update campaigns set read_at = $2 where id = $1`, [id, now]);
}

export async function setSweep(
  tx: Tx,
  { id, sweep }: { id: number; sweep: number | null },
): Promise<void> {
  await tx.query(`update campaigns set sweep = $2 where id = $1`, [id, sweep]);
}

/** The next occurrence of a recurring one. */
export async function setStartsAt(
  tx: Tx,
  { id, startsAt }: { id: number; startsAt: Date },
): Promise<void> {
  await tx.query(`update campaigns set starts_at = $2 where id = $1`, [id, startsAt]);
}

/** The first that is due to start and nobody else has, until the transaction ends. Index campaigns_moving. */
export async function takeDueCampaign(
  tx: Tx,
  { now }: { now: Date },
): Promise<CampaignRow | undefined> {
  const { rows } = await tx.query<CampaignRow>(
    `select * from campaigns
      where state = 'scheduled' and starts_at <= $1
      order by starts_at, id
        for update skip locked
      limit 1`,
    [now],
  );
  return rows[0];
}

/** The first whose planned deliveries must follow a decision, until the transaction ends. */
export async function takeSweep(tx: Tx): Promise<CampaignRow | undefined> {
  const { rows } = await tx.query<CampaignRow>(
    `select * from campaigns where sweep is not null order by id for update skip locked limit 1`,
  );
  return rows[0];
}

/** Those that run and look for a winner. Index campaigns_moving. */
export async function listUndecided(db: Db): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns
      where state = 'running' and winner is null and read_at is not null and split -> 'test' <> 'null'
      order by id`,
  );
  return rows;
}

export async function setTested(tx: Tx, { id, now }: { id: number; now: Date }): Promise<void> {
  await tx.query(`update campaigns set tested_at = $2 where id = $1 and tested_at is null`, [
    id,
    now,
  ]);
}

/**
 * The pace is counted anew for those who waited. False when there is a winner already: it is found
 * once, whoever looks for it.
 */
export async function setWinner(
  tx: Tx,
  {
    id,
    winner,
    result,
    pace,
    now,
  }: {
    id: number;
    winner: number;
    result: WinnerResult;
    pace: { from: Date; handed: number };
    now: Date;
  },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update campaigns
        set winner = $2, winner_result = $3, pace_from = $4, pace_handed = $5, updated_at = $6
      where id = $1 and winner is null`,
    [id, winner, JSON.stringify(result), pace.from, pace.handed, now],
  );
  return rowCount === 1;
}

/** When the next one starts by itself. Index campaigns_moving. */
export async function nextStart(db: Db): Promise<Date | undefined> {
  const { rows } = await db.query<{ starts_at: Date | null }>(
    `select min(starts_at) as starts_at from campaigns where state = 'scheduled'`,
  );
  return rows[0]?.starts_at ?? undefined;
}

/** Those that run, the oldest first. Index campaigns_moving. */
export async function listRunning(db: Db): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `select * from campaigns where state = 'running' order by started_at, id`,
  );
  return rows;
}

/** Those whose audience is to be read, the oldest first. */
export async function listUnread(db: Db): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from campaigns
      where state in ('running', 'paused') and started_at is not null and read_at is null
      order by started_at, id`,
  );
  return rows.map(({ id }) => id);
}

/** What deciding about contacts of a campaign needs of it. */
export interface DecidingRow {
  id: number;
  state: CampaignState;
  /** Of one that a run launched: what its messages are rendered with. */
  context: JsonObject | null;
}

/** These campaigns by their IDs. */
export async function readDeciding(
  db: Db,
  { ids }: { ids: readonly number[] },
): Promise<Map<number, DecidingRow>> {
  const { rows } = await db.query<DecidingRow>({
    name: 'read_deciding_campaigns',
    text: `select id, state, context from campaigns where id = any($1::bigint[])`,
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many campaigns a block of a workflow has launched since then. Index campaigns_of_block. */
export async function countOfBlock(
  db: Db,
  { workflowId, block, since }: { workflowId: number; block: string; since: Date },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from campaigns
      where origin_workflow = $1 and origin_block = $2 and created_at > $3`,
    [workflowId, block, since],
  );
  return rows[0]!.n;
}
