import { alarmRuleSchema, type alarmChangeSchema, type newAlarmSchema } from '@perennial/contracts';
import type { z } from 'zod';
import { changesBetween, writeAudit } from '../audit/index.ts';
import { findContact } from '../contacts/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { notFound, Problem, type Origin } from '../http/index.ts';
import { knownSince } from './preview-alarm.ts';
import {
  deleteAlarm,
  endEpisode,
  findAlarm,
  insertAlarm,
  updateAlarm,
  type AlarmRow,
} from './queries.ts';

type Rule = z.output<typeof alarmRuleSchema>;

/** So many alarms has a workspace at most: each is looked at every minute. */
const MOST_ALARMS = 200;

/** Begins to watch from the next period on that begins, and the one that runs. */
export async function createAlarm(
  tx: Tx,
  {
    workspaceId,
    by,
    ...wish
  }: { workspaceId: number; by: Origin } & z.output<typeof newAlarmSchema>,
): Promise<AlarmRow> {
  await requireRoom(tx, workspaceId);
  await requireNamed(tx, { workspaceId, rule: wish.rule, contact: wish.contact });
  const now = by.at;
  const row = await insertAlarm(tx, {
    workspace_id: workspaceId,
    name: wish.name,
    level: wish.level,
    rule: alarmRuleSchema.encode(wish.rule),
    contact_id: wish.contact,
    known_since: await knownSince(tx, { workspaceId, rule: wish.rule, now }),
    judged_until: now,
    created_at: now,
  });
  await writeAudit(tx, {
    by,
    action: 'alarm.create',
    object: { kind: 'alarm', id: row.id },
    after: { name: row.name, level: row.level, rule: row.rule },
  });
  return row;
}

/** Another rule is judged from now on; what goes on by the old one ends without being told. */
export async function changeAlarm(
  tx: Tx,
  {
    workspaceId,
    id,
    by,
    ...change
  }: { workspaceId: number; id: number; by: Origin } & z.output<typeof alarmChangeSchema>,
): Promise<AlarmRow> {
  const before = await requireAlarm(tx, { workspaceId, id, lock: true });
  await requireNamed(tx, { workspaceId, ...change });
  const now = by.at;
  const after: AlarmRow = { ...before, updated_at: now };
  if (change.name !== undefined) after.name = change.name;
  if (change.level !== undefined) after.level = change.level;
  if (change.contact !== undefined) after.contact_id = change.contact;
  if (change.enabled !== undefined) after.enabled = change.enabled;
  if (change.rule !== undefined) {
    after.rule = alarmRuleSchema.encode(change.rule);
    after.known_since = await knownSince(tx, { workspaceId, rule: change.rule, now });
  }
  const anew = change.rule !== undefined || (!before.enabled && after.enabled);
  if (anew) after.judged_until = now;
  if (anew || (before.enabled && !after.enabled)) await endEpisode(tx, { alarmId: id, now });
  after.due_at = now;
  const shown = ({ name, level, rule, contact_id, enabled }: AlarmRow) => ({
    name,
    level,
    rule,
    contact: contact_id,
    enabled,
  });
  await writeAudit(tx, {
    by,
    action: 'alarm.change',
    object: { kind: 'alarm', id },
    ...changesBetween(shown(before), shown(after)),
  });
  return updateAlarm(tx, after);
}

export async function removeAlarm(
  tx: Tx,
  { workspaceId, id, by }: { workspaceId: number; id: number; by: Origin },
): Promise<void> {
  const { name } = await requireAlarm(tx, { workspaceId, id, lock: true });
  await deleteAlarm(tx, { id });
  await writeAudit(tx, {
    by,
    action: 'alarm.remove',
    object: { kind: 'alarm', id },
    before: { name },
  });
}

export async function requireAlarm(
  db: Db,
  which: { workspaceId: number; id: number; lock?: boolean },
): Promise<AlarmRow> {
  const row = await findAlarm(db, which);
  if (!row) throw notFound('alarm');
  return row;
}

async function requireRoom(tx: Tx, workspaceId: number): Promise<void> {
  const { rows } = await tx.query<{ n: number }>(
    `select count(*)::integer as n from alarms where workspace_id = $1`,
    [workspaceId],
  );
  if (rows[0]!.n < MOST_ALARMS) return;
  throw new Problem('too_much', { detail: `A workspace has ${MOST_ALARMS} alarms at most.` });
}

/** What the rule names is of this workspace, and so is the contact. */
export async function requireNamed(
  db: Db,
  {
    workspaceId,
    rule,
    contact,
  }: { workspaceId: number; rule?: Rule | undefined; contact?: number | null | undefined },
): Promise<void> {
  const wrong = (path: string, message: string): Problem =>
    new Problem('unprocessable', { detail: message, errors: [{ path, message, in: 'body' }] });
  if (contact && !(await findContact(db, { workspaceId, id: contact }))) {
    throw wrong('/contact', 'There is no such contact.');
  }
  if (!rule) return;
  const named = { workflow: undefined, message: undefined, tag: undefined, ...rule.series };
  for (const kind of ['workflow', 'message', 'tag'] as const) {
    const id = named[kind];
    if (id === undefined) continue;
    const { rows } = await db.query(`select 1 from ${kind}s where id = $1 and workspace_id = $2`, [
      id,
      workspaceId,
    ]);
    if (rows.length === 0) throw wrong(`/rule/series/${kind}`, `There is no such ${kind}.`);
  }
}
