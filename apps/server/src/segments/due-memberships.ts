import type { Tx } from '../db/index.ts';
import type { DueColumn } from '../slots/index.ts';
import type { Membership } from './membership-change.ts';
import { MEMBERSHIP, toMembership, type StoredMembership } from './membership-queries.ts';

/** A membership that time alone may have changed at its `changesAt`. */
export interface DueMembership extends Membership {
  changesAt: number;
}

/** What a membership must not be later than. */
export interface DueBounds {
  until: Date;
  /** By workspace, the instant up to which all that arrived is in the slots' queues. */
  marks: ReadonlyMap<number, number>;
  /** By slot, where something still waits in the queue: its arrival. */
  queued: ReadonlyMap<number, number>;
}

const DUE = `changes_at <= $2
              and changes_at <= to_timestamp(($3::jsonb ->> workspace_id::text)::float8 / 1000)
              and changes_at < coalesce(to_timestamp(($4::jsonb ->> slot::text)::float8 / 1000), 'infinity')`;

/** Memberships that time alone may change. Index memberships_due. */
export const membershipsDue: DueColumn = { table: 'memberships', column: 'changes_at' };

/** Due memberships of these slots, in no order, at most `limit`: fewer are all there are. Index memberships_due. */
export async function findDueMemberships(
  tx: Tx,
  { slots, limit, ...bounds }: { slots: readonly number[]; limit: number } & DueBounds,
): Promise<DueMembership[]> {
  const { rows } = await tx.query<StoredMembership>({
    name: 'find_due_memberships',
    text: `select ${MEMBERSHIP}
             from memberships
            where slot = any($1) and ${DUE}
            limit $5`,
    values: [[...slots], ...valuesOf(bounds), limit],
  });
  return rows.map(toDue);
}

/** The first due memberships of one slot: over several slots the order would read and sort all. */
export async function findFirstDueMemberships(
  tx: Tx,
  { slot, limit, ...bounds }: { slot: number; limit: number } & DueBounds,
): Promise<DueMembership[]> {
  const { rows } = await tx.query<StoredMembership>({
    name: 'find_first_due_memberships',
    text: `select ${MEMBERSHIP}
             from memberships
            where slot = $1 and ${DUE}
            order by changes_at
            limit $5`,
    values: [slot, ...valuesOf(bounds), limit],
  });
  return rows.map(toDue);
}

/** Of these contacts, what is due by each one's own instant. Index memberships_pkey. */
export async function findDueOfContacts(
  tx: Tx,
  { until }: { until: ReadonlyMap<number, number> },
): Promise<DueMembership[]> {
  if (until.size === 0) return [];
  const { rows } = await tx.query<StoredMembership>({
    name: 'find_due_of_contacts',
    text: `select ${MEMBERSHIP}
             from unnest($1::bigint[], $2::timestamptz[]) as due (id, until)
             join memberships on contact_id = due.id and changes_at <= due.until`,
    values: [[...until.keys()], [...until.values()].map((at) => new Date(at).toISOString())],
  });
  return rows.map(toDue);
}

function valuesOf({ until, marks, queued }: DueBounds): unknown[] {
  return [
    until,
    JSON.stringify(Object.fromEntries(marks)),
    JSON.stringify(Object.fromEntries(queued)),
  ];
}

function toDue(row: StoredMembership): DueMembership {
  return toMembership(row) as DueMembership;
}

/** Takes the instants away at which these memberships would be looked at again. */
export async function forgetDue(
  tx: Tx,
  { memberships }: { memberships: readonly DueMembership[] },
): Promise<void> {
  if (memberships.length === 0) return;
  const pairs = [memberships.map((row) => row.contactId), memberships.map((row) => row.segmentId)];
  await tx.query(
    `delete from memberships m using unnest($1::bigint[], $2::bigint[]) as due (contact_id, segment_id)
      where m.contact_id = due.contact_id and m.segment_id = due.segment_id and not m.member`,
    pairs,
  );
  await tx.query(
    `update memberships m set changes_at = null
       from unnest($1::bigint[], $2::bigint[]) as due (contact_id, segment_id)
      where m.contact_id = due.contact_id and m.segment_id = due.segment_id`,
    pairs,
  );
}
