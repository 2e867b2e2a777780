import type { alarmRuleSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Tx } from '../db/index.ts';
import type { Bucket } from './buckets.ts';

/** As it is kept: IDs among it are texts, as on the wire. */
type StoredRule = z.input<typeof alarmRuleSchema>;

export interface AlarmRow {
  id: number;
  workspace_id: number;
  name: string;
  level: 'warning' | 'alarm';
  rule: StoredRule;
  contact_id: number | null;
  enabled: boolean;
  known_since: Date;
  judged_until: Date;
  due_at: Date;
  created_at: Date;
  updated_at: Date;
}

export interface EpisodeRow {
  id: number;
  alarm_id: number;
  from_at: Date;
  raised_at: Date;
  ended_at: Date | null;
  value: number;
  bound: number;
  expected: number | null;
}

/** In which hours and days are counted. */
export async function readZone(db: Db, { workspaceId }: { workspaceId: number }): Promise<string> {
  const { rows } = await db.query<{ time_zone: string }>(
    `select time_zone from workspaces where id = $1`,
    [workspaceId],
  );
  return rows[0]!.time_zone;
}

export async function listAlarms(
  db: Db,
  { workspaceId }: { workspaceId: number },
): Promise<AlarmRow[]> {
  const { rows } = await db.query<AlarmRow>(
    `select * from alarms where workspace_id = $1 order by lower(name), id`,
    [workspaceId],
  );
  return rows;
}

export async function findAlarm(
  db: Db,
  { workspaceId, id, lock = false }: { workspaceId: number; id: number; lock?: boolean },
): Promise<AlarmRow | undefined> {
  const { rows } = await db.query<AlarmRow>(
    `select * from alarms where id = $1 and workspace_id = $2 ${lock ? 'for update' : ''}`,
    [id, workspaceId],
  );
  return rows[0];
}

export async function insertAlarm(
  tx: Tx,
  row: Omit<AlarmRow, 'id' | 'enabled' | 'due_at' | 'updated_at'>,
): Promise<AlarmRow> {
  const { rows } = await tx.query<AlarmRow>(
    `insert into alarms (workspace_id, name, level, rule, contact_id, known_since, judged_until, due_at, created_at,
                         updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)
     returning *`,
    [
      row.workspace_id,
      row.name,
      row.level,
      JSON.stringify(row.rule),
      row.contact_id,
      row.known_since,
      row.judged_until,
      row.created_at,
    ],
  );
  return rows[0]!;
}

export async function updateAlarm(tx: Tx, row: AlarmRow): Promise<AlarmRow> {
  const { rows } = await tx.query<AlarmRow>(
    `update alarms
        set name = $2, level = $3, rule = $4, contact_id = $5, enabled = $6, known_since = $7, judged_until = $8,
            due_at = $9, updated_at = $10
      where id = $1
     returning *`,
    [
      row.id,
      row.name,
      row.level,
      JSON.stringify(row.rule),
      row.contact_id,
      row.enabled,
      row.known_since,
      row.judged_until,
      row.due_at,
      row.updated_at,
    ],
  );
  return rows[0]!;
}

export async function deleteAlarm(tx: Tx, { id }: { id: number }): Promise<void> {
  await tx.query(`delete from alarms where id = $1`, [id]);
}

/** An alarm that is due, with its workspace's zone, which nobody else looks at meanwhile. */
export async function lockDueAlarm(
  tx: Tx,
  { now }: { now: Date },
): Promise<(AlarmRow & { time_zone: string }) | undefined> {
  const { rows } = await tx.query<AlarmRow & { time_zone: string }>(
    `select a.*, w.time_zone
       from alarms a
       join workspaces w on w.id = a.workspace_id
      where a.enabled and a.due_at <= $1
      order by a.due_at
      limit 1
        for update of a skip locked`,
    [now],
  );
  return rows[0];
}

export async function markJudged(
  tx: Tx,
  { id, judgedUntil, dueAt }: { id: number; judgedUntil: Date; dueAt: Date },
): Promise<void> {
  await tx.query(`update alarms set judged_until = $2, due_at = $3 where id = $1`, [
    id,
    judgedUntil,
    dueAt,
  ]);
}

export async function listEpisodes(
  db: Db,
  { alarmId, limit }: { alarmId: number; limit: number },
): Promise<EpisodeRow[]> {
  const { rows } = await db.query<EpisodeRow>(
    `select * from alarm_episodes where alarm_id = $1 order by id desc limit $2`,
    [alarmId, limit],
  );
  return rows;
}

/** Those that go on; index alarm_episodes_open. */
export async function findOpenEpisodes(
  db: Db,
  { alarmIds }: { alarmIds: number[] },
): Promise<Map<number, EpisodeRow>> {
  const { rows } = await db.query<EpisodeRow>(
    `select * from alarm_episodes where alarm_id = any($1) and ended_at is null`,
    [alarmIds],
  );
  return new Map(rows.map((row) => [row.alarm_id, row]));
}

export async function insertEpisode(
  tx: Tx,
  row: Omit<EpisodeRow, 'id' | 'ended_at'>,
): Promise<void> {
  await tx.query(
    `insert into alarm_episodes (alarm_id, from_at, raised_at, value, bound, expected)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.alarm_id, row.from_at, row.raised_at, row.value, row.bound, row.expected],
  );
}

export async function endEpisode(
  tx: Tx,
  { alarmId, now }: { alarmId: number; now: Date },
): Promise<void> {
  await tx.query(
    `update alarm_episodes set ended_at = $2 where alarm_id = $1 and ended_at is null`,
    [alarmId, now],
  );
}

/** When the program looked last, for who holds the row; the first time it is now. */
export async function lockLooked(tx: Tx, { now }: { now: Date }): Promise<Date> {
  await tx.query(`insert into alarm_watch (looked_at) values ($1) on conflict do nothing`, [now]);
  const { rows } = await tx.query<{ looked_at: Date }>(
    `select looked_at from alarm_watch for update`,
  );
  return rows[0]!.looked_at;
}

export async function markLooked(tx: Tx, { now }: { now: Date }): Promise<void> {
  await tx.query(`update alarm_watch set looked_at = greatest(looked_at, $1)`, [now]);
}

export async function insertGap(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<void> {
  await tx.query(`insert into alarm_gaps (from_at, to_at) values ($1, $2) on conflict do nothing`, [
    from,
    to,
  ]);
}

export async function readGaps(db: Db): Promise<Bucket[]> {
  const { rows } = await db.query<{ from_at: Date; to_at: Date }>(
    `select from_at, to_at from alarm_gaps order by from_at`,
  );
  return rows.map(({ from_at: from, to_at: to }) => ({ from: from.getTime(), to: to.getTime() }));
}

export async function forgetGaps(tx: Tx, { before }: { before: Date }): Promise<void> {
  await tx.query(`delete from alarm_gaps where to_at < $1`, [before]);
}

/**
 * Until when everything that arrived has been applied: what stands in the inbox or a queue would still
 * be counted.
 */
export async function appliedUntil(
  db: Db,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<number> {
  const { rows } = await db.query<{ arrived: Date | null; queued: Date | null }>(
    `select (select min(received_at) from inbox where workspace_id = $1) as arrived,
            (select min(received_at) from slot_queue) as queued`,
    [workspaceId],
  );
  const { arrived, queued } = rows[0]!;
  return Math.min(now.getTime(), arrived?.getTime() ?? Infinity, queued?.getTime() ?? Infinity);
}
