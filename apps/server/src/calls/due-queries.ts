import type { CallRequest } from '@perennial/blocks/steps';
import type { Db, Tx } from '../db/index.ts';
import type { Answer } from './read-answer.ts';

/** A call whose turn has come: claimed, and its try counted. */
export interface DueCall {
  contact_id: number;
  id: number;
  workspace_id: number;
  run_id: number;
  step: number;
  origin: string;
  request: CallRequest;
  /** This one included. */
  tries: number;
  created_at: Date;
}

/** The first call that waits for a host, and when it may be made. */
export interface HostInLine {
  origin: string;
  due_at: Date;
}

/** The next host, in the order of their names, for which a call waits. Index: workflow_calls_due. */
export async function nextHost(
  db: Db,
  { after }: { after: string },
): Promise<HostInLine | undefined> {
  const { rows } = await db.query<HostInLine>({
    name: 'next_host_of_calls',
    text: `select origin, due_at from workflow_calls
            where due_at is not null and origin > $1
            order by origin, due_at limit 1`,
    values: [after],
  });
  return rows[0];
}

/**
 * Takes the calls of a host that are due longest. Until `until` nobody else takes them, so it lies
 * behind the longest time that a call may take; who dies before has made a try. Index: workflow_calls_due.
 */
export async function claimCalls(
  db: Db,
  { origin, now, until, limit }: { origin: string; now: Date; until: Date; limit: number },
): Promise<DueCall[]> {
  const { rows: due } = await db.query<{ contact_id: number; id: number; tries: number }>({
    name: 'find_due_workflow_calls',
    text: `select contact_id, id, tries from workflow_calls
            where origin = $1 and due_at <= $2 order by due_at, id limit $3`,
    values: [origin, now, limit],
  });
  if (due.length === 0) return [];
  // What somebody else took meanwhile has another number of tries.
  const { rows } = await db.query<DueCall>({
    name: 'claim_workflow_calls',
    text: `update workflow_calls c set tries = c.tries + 1, due_at = $4
             from unnest($1::bigint[], $2::bigint[], $3::int[]) as due (contact_id, id, tries)
            where c.contact_id = due.contact_id and c.id = due.id and c.tries = due.tries and c.due_at <= $5
           returning c.contact_id, c.id, c.workspace_id, c.run_id, c.step, c.origin, c.request, c.tries, c.created_at`,
    values: [
      due.map((row) => row.contact_id),
      due.map((row) => row.id),
      due.map((row) => row.tries),
      until,
      now,
    ],
  });
  return rows.toSorted((a, b) => a.id - b.id);
}

/** Calls of a host that is left alone and that have stood in line for too long. */
export async function takeOldCalls(
  db: Db,
  { origin, before, limit }: { origin: string; before: Date; limit: number },
): Promise<DueCall[]> {
  const { rows } = await db.query<DueCall>({
    name: 'find_old_workflow_calls',
    text: `select contact_id, id, workspace_id, run_id, step, origin, request, tries, created_at
             from workflow_calls
            where origin = $1 and due_at is not null and created_at < $2
            order by due_at limit $3`,
    values: [origin, before, limit],
  });
  return rows;
}

/** What came of a try, as its row keeps it. */
export interface Told {
  status: number | null;
  problem: string | null;
  answer: Answer | null;
  tookMs: number | null;
}

/** The call ends with its last try; false if it has ended, or somebody else has tried it since. */
export async function endCall(
  tx: Tx,
  call: DueCall,
  { state, told, now }: { state: 'answered' | 'failed'; told: Told; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'end_workflow_call',
    text: `update workflow_calls
              set state = $4, due_at = null, status = $5, problem = $6, answer = $7, took_ms = $8, ended_at = $9
            where contact_id = $1 and id = $2 and tries = $3 and state = 'waiting'`,
    values: [
      call.contact_id,
      call.id,
      call.tries,
      state,
      told.status,
      told.problem,
      told.answer === null ? null : JSON.stringify(told.answer),
      told.tookMs,
      now,
    ],
  });
  return rowCount === 1;
}

/** The call is tried again at that instant. */
export async function putOff(
  db: Db,
  call: DueCall,
  { told, dueAt }: { told: Told; dueAt: Date },
): Promise<void> {
  await db.query({
    name: 'put_off_workflow_call',
    text: `update workflow_calls set due_at = $4, status = $5, problem = $6, answer = $7, took_ms = $8
            where contact_id = $1 and id = $2 and tries = $3 and state = 'waiting'`,
    values: [
      call.contact_id,
      call.id,
      call.tries,
      dueAt,
      told.status,
      told.problem,
      told.answer === null ? null : JSON.stringify(told.answer),
      told.tookMs,
    ],
  });
}

/** Calls that ended before an instant; a batch of them. Index: workflow_calls_by_age. */
export async function forgetCalls(
  db: Db,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from workflow_calls c
      using (select contact_id, id from workflow_calls
              where created_at < $1 and due_at is null order by created_at limit $2) as old
      where c.contact_id = old.contact_id and c.id = old.id`,
    [before, limit],
  );
  return rowCount ?? 0;
}
