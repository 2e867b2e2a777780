import type { Db } from '../../db/index.ts';
import type { Json } from '../../inbox/index.ts';
import { chosenSubjectSql } from '../../sends/index.ts';

export interface TypeCount {
  id: number;
  key: string;
}

/** Keys of event types of the workspace, by ID. */
export async function readTypeKeys(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<Map<number, string>> {
  const { rows } = await db.query<{ id: number; key: string }>(
    `select id, key from event_types where id = any($2) and workspace_id = $1`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.key]));
}

export interface CountsRow {
  event: number;
  order: number;
  form: number;
  subscription: number;
  field: number;
  profile: number;
}

/**
 * The counts kept with the contact; undefined where they are not known. Entries and exits of segments
 * are not among them: a computation tells many contacts of one at once. Index contacts_pkey.
 */
export async function readCounts(
  db: Db,
  { contactId }: { contactId: number },
): Promise<CountsRow | undefined> {
  const { rows } = await db.query<CountsRow>({
    name: 'read_activity_counts',
    text: `select event_count as event, order_count as order, form_count as form,
                  subscription_count as subscription, field_count as field, profile_count as profile
             from contacts
            where id = $1 and event_count is not null`,
    values: [contactId],
  });
  return rows[0];
}

/** How many facts of each type a contact has, up to so many; reads its part of events_pkey. */
export async function countFacts(
  db: Db,
  { contactId, typeIds, most }: { contactId: number; typeIds: number[]; most: number },
): Promise<{ type_id: number; n: number }[]> {
  const { rows } = await db.query<{ type_id: number; n: number }>(
    `select type.id as type_id, counted.n
       from unnest($2::bigint[]) as type (id)
       join lateral (select count(*) as n
                       from (select from events where contact_id = $1 and event_type_id = type.id limit $3) few) counted
            on true`,
    [contactId, typeIds, most],
  );
  return rows;
}

export async function countSends(
  db: Db,
  { contactId, most }: { contactId: number; most: number },
): Promise<number> {
  const { rows } = await db.query<{ n: number }>({
    name: 'count_sends_of_contact',
    text: `select count(*) as n from (select from sends where contact_id = $1 limit $2) few`,
    values: [contactId, most],
  });
  return rows[0]?.n ?? 0;
}

/** Runs looked at, the newest first. */
const MOST_STARTERS = 10_000;

/** Numbers of the events that started a workflow; reads the contact's part of runs_pkey. */
export async function readStarters(
  db: Db,
  { contactId, workflowId }: { contactId: number; workflowId: number },
): Promise<string[]> {
  const { rows } = await db.query<{ event_id: string }>(
    `select context ->> 'event_id' as event_id from runs
      where contact_id = $1 and workflow_id = $2 and context ->> 'event_id' is not null
      order by id desc
      limit $3`,
    [contactId, workflowId, MOST_STARTERS],
  );
  return rows.map((row) => row.event_id);
}

export interface SendLine {
  id: number;
  created_at: Date;
  message_id: number;
  message: string | null;
  channel: string;
  language: string | null;
  workflow_id: number | null;
  workflow: string | null;
  run_id: number | null;
  block: string | null;
  campaign_id: number | null;
  transactional: boolean;
  test: boolean;
  decision: 'sent' | 'held' | 'refused';
  reason: string | null;
  hold_until: Date | null;
  expires_at: Date | null;
  reasons: Json;
  status: string | null;
}

/** The newest decisions to send something to a contact; reads its part of sends_pkey. */
export async function newestSends(
  db: Db,
  {
    contactId,
    before,
    from,
    limit,
  }: {
    contactId: number;
    before: { at: number; id: number };
    from: Date | undefined;
    limit: number;
  },
): Promise<SendLine[]> {
  const { rows } = await db.query<SendLine>(
    `select s.id, s.created_at, s.message_id, message.name as message, s.channel, s.language, s.workflow_id,
            workflow.name as workflow, s.run_id, s.block, s.campaign_id, s.transactional, s.test, s.decision,
            s.reason, s.hold_until, s.expires_at, s.reasons, s.status
       from sends s
       left join messages message on message.id = s.message_id
       left join workflows workflow on workflow.id = s.workflow_id
      where s.contact_id = $1 and (s.created_at, s.id) < ($2, $3) and s.created_at >= $5
      order by s.created_at desc, s.id desc
      limit $4`,
    [contactId, new Date(before.at), before.id, limit, from ?? '-infinity'],
  );
  return rows;
}

export interface DeliveryLine {
  id: number;
  send_id: number;
  channel: string;
  address: string;
  app: string | null;
  status: string;
  status_at: Date;
  reason: string | null;
  /** Which of several subjects, from 0, and how it was written. */
  subject: number | null;
  subject_text: string | null;
}

/** Reads the contact's parts of deliveries_pkey and sends_pkey. */
export async function readDeliveries(
  db: Db,
  { contactId, sendIds }: { contactId: number; sendIds: number[] },
): Promise<DeliveryLine[]> {
  if (sendIds.length === 0) return [];
  const { rows } = await db.query<DeliveryLine>(
    `select d.id, d.send_id, d.channel, d.address, d.app, d.status, d.status_at, d.reason, d.subject,
            ${chosenSubjectSql} as subject_text
       from deliveries d
       join sends s on s.contact_id = d.contact_id and s.id = d.send_id
       left join message_versions v
         on d.subject is not null and v.message_id = s.message_id and v.version = s.message_version
      where d.contact_id = $1 and d.send_id = any($2)
      order by d.id`,
    [contactId, sendIds],
  );
  return rows;
}

export async function readMessageNames(
  db: Db,
  { workspaceId, ids }: { workspaceId: number; ids: number[] },
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; name: string }>(
    `select id, name from messages where id = any($2) and workspace_id = $1`,
    [workspaceId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface StartedRow {
  event_id: string;
  run: number;
  workflow: number;
  name: string;
}

/** Runs that these events started; reads the contact's part of runs_pkey. */
export async function readStarted(
  db: Db,
  { contactId, eventIds }: { contactId: number; eventIds: number[] },
): Promise<StartedRow[]> {
  if (eventIds.length === 0) return [];
  const { rows } = await db.query<StartedRow>(
    `select r.context ->> 'event_id' as event_id, r.id as run, workflow.id as workflow, workflow.name
       from runs r
       join workflows workflow on workflow.id = r.workflow_id
      where r.contact_id = $1 and r.context ->> 'event_id' = any($2)
      order by r.id`,
    [contactId, eventIds.map(String)],
  );
  return rows;
}
