import type { eventDetailSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db } from '../db/index.ts';
import type { FactRow } from '../events/index.ts';

type Detail = z.output<typeof eventDetailSchema>;
type Started = Detail['started'][number];
type NotStarted = Detail['not_started'][number];
type Stopped = Detail['stopped'][number];
type Caused = Detail['facts'][number];

export type Consequences = Pick<Detail, 'started' | 'not_started' | 'stopped' | 'facts'>;

const MOST_SHOWN = 200;

/**
 * The runs that an event started and stopped, the workflows that refused to start, with the reason,
 * and what the program noted of its contact meanwhile.
 */
export async function findConsequences(
  db: Db,
  { workspaceId, event }: { workspaceId: number; event: FactRow },
): Promise<Consequences> {
  const options = { workspaceId, event };
  return {
    started: await findStarted(db, options),
    not_started: await findNotStarted(db, options),
    stopped: await findStopped(db, options),
    facts: await findFacts(db, options),
  };
}

/** Reads the contact's part of runs_pkey. */
async function findStarted(
  db: Db,
  { workspaceId, event }: { workspaceId: number; event: FactRow },
): Promise<Started[]> {
  const { rows } = await db.query<Started>(
    `select r.id as run, workflow.id as workflow, workflow.name, r.state, r.started_at
       from runs r
       join workflows workflow on workflow.id = r.workflow_id
      where r.contact_id = $1 and r.workspace_id = $2 and r.context ->> 'event_id' = $3
      order by r.id
      limit $4`,
    [event.contact_id, workspaceId, String(event.id), MOST_SHOWN],
  );
  return rows;
}

/** Reads the contact's part of runs_pkey. */
async function findStopped(
  db: Db,
  { workspaceId, event }: { workspaceId: number; event: FactRow },
): Promise<Stopped[]> {
  const { rows } = await db.query<Stopped>(
    `select r.id as run, workflow.id as workflow, workflow.name, r.ended_at as at
       from runs r
       join workflows workflow on workflow.id = r.workflow_id
      where r.contact_id = $1 and r.workspace_id = $2 and r.stopped_by = $3
      order by r.id
      limit $4`,
    [event.contact_id, workspaceId, event.id, MOST_SHOWN],
  );
  return rows;
}

/** Facts that the program itself finds bear the instant at which their cause arrived. */
const NOTED = ['ContactCreated', 'FieldChanged', 'SegmentEntered', 'SegmentLeft'];

/** Index events_pkey by contact, type and time. */
async function findFacts(
  db: Db,
  { workspaceId, event }: { workspaceId: number; event: FactRow },
): Promise<Caused[]> {
  if (event.contact_id === 0) return [];
  const { rows } = await db.query<Caused>(
    `select type.key as event, e.params, e.occurred_at
       from event_types type
       join events e on e.event_type_id = type.id and e.contact_id = $1 and e.occurred_at = $3
      where type.workspace_id = $2 and type.key = any($4) and e.id <> $5
      order by e.id
      limit $6`,
    [event.contact_id, workspaceId, event.received_at, NOTED, event.id, MOST_SHOWN],
  );
  return rows;
}

/**
 * A refusal bears the instant at which its event arrived; those that came of the event alone name
 * its type and time as well. Reads the contact's part of not_started_pkey.
 */
async function findNotStarted(
  db: Db,
  { workspaceId, event }: { workspaceId: number; event: FactRow },
): Promise<NotStarted[]> {
  const { rows } = await db.query<NotStarted>(
    `select workflow.id as workflow, workflow.name, n.reason, n.details, n.at
       from not_started n
       join workflows workflow on workflow.id = n.workflow_id
      where n.contact_id = $1 and n.workspace_id = $2 and n.at = $3
        and coalesce(n.details ->> 'event_id', $4) = $4
        and (n.reason <> all($5) or (n.details ->> 'event' = $6 and n.details ->> 'occurred_at' = $7))
      order by n.id
      limit $8`,
    [
      event.contact_id,
      workspaceId,
      event.received_at,
      String(event.id),
      OF_THE_EVENT_ALONE,
      event.type,
      event.occurred_at.toISOString(),
      MOST_SHOWN,
    ],
  );
  return rows;
}

const OF_THE_EVENT_ALONE = ['deleted', 'past', 'late', 'loop'];
