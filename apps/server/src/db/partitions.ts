import { quoteName, type Db } from './pool.ts';

/** Parents that are cut by time: by quarter, or by day for what lives for weeks only. */
const PARTITIONED = [
  { table: 'events', every: 'quarter' },
  { table: 'run_steps', every: 'quarter' },
  { table: 'seen_messages', every: 'day' },
] as const;

type Every = (typeof PARTITIONED)[number]['every'];

/** How far partitions are made ahead, and how far back at the first start. */
const REACH = { quarter: { back: 8, ahead: 2 }, day: { back: 0, ahead: 3 } };

/** Days for which a messageId without a time of its own counts once. */
export const SEEN_MESSAGES_DAYS = 35;

/**
 * Makes the partitions that rows arriving until some days after `now` need. The oldest partition
 * of a quarterly table reaches back without end, so any late event has a place.
 */
export async function ensurePartitions(db: Db, { now }: { now: Date }): Promise<void> {
  for (const { table, every } of PARTITIONED) {
    const made = await partitionsOf(db, table);
    const first = made.length === 0 ? start(every, now, -REACH[every].back) : undefined;
    if (first) await createPartition(db, table, `${table}_old`, 'minvalue', literal(first));
    for (const [from, to] of ranges(every, now)) {
      const name = `${table}_${label(every, from)}`;
      if (!made.includes(name)) await createPartition(db, table, name, literal(from), literal(to));
    }
  }
}

/** Drops the days of `seen_messages` that no repeat can refer to any more. */
export async function dropOldMessageHashes(db: Db, { now }: { now: Date }): Promise<void> {
  const oldest = label('day', start('day', now, -SEEN_MESSAGES_DAYS));
  for (const name of await partitionsOf(db, 'seen_messages')) {
    if (name !== 'seen_messages_old' && name < `seen_messages_${oldest}`) {
      await db.query(`drop table ${quoteName(name)}`);
    }
  }
}

/** Backwards too: a program that was off for a year leaves no gap. */
function ranges(every: Every, now: Date): [from: Date, to: Date][] {
  const { back, ahead } = REACH[every];
  return Array.from({ length: back + ahead + 1 }, (_, i) => [
    start(every, now, i - back),
    start(every, now, i - back + 1),
  ]);
}

async function partitionsOf(db: Db, table: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select child.relname as name
       from pg_inherits
       join pg_class child on child.oid = inhrelid
      where inhparent = $1::regclass`,
    [table],
  );
  return rows.map((row) => row.name);
}

async function createPartition(
  db: Db,
  table: string,
  name: string,
  from: string,
  to: string,
): Promise<void> {
  await db.query(
    `create table if not exists ${quoteName(name)} partition of ${quoteName(table)} for values from (${from}) to (${to})`,
  );
}

/** The start of the n-th quarter or day after the one that holds `now`, in UTC. */
function start(every: Every, now: Date, n: number): Date {
  return every === 'quarter'
    ? new Date(Date.UTC(now.getUTCFullYear(), 3 * (Math.floor(now.getUTCMonth() / 3) + n), 1))
    : new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + n));
}

function label(every: Every, at: Date): string {
  const day = at.toISOString().slice(0, 10);
  return every === 'day'
    ? day.replaceAll('-', '')
    : `${day.slice(0, 4)}q${Math.floor(at.getUTCMonth() / 3) + 1}`;
}

function literal(at: Date): string {
  return `'${at.toISOString()}'`;
}
