import type { Tx } from '../db/index.ts';
import { countMoves, type Step } from './count-moves.ts';
import { changeSizes } from './membership-queries.ts';

/**
 * Lets rows of these contacts be moved, given back or erased by `act`, and keeps true what rests on
 * them: only who is there is a member, and the sizes. Must run in a transaction that owns the
 * contacts' slots; their cards must be as they will be when `act` is done. No fact is written: what
 * made the entries and exits is the contacts' already.
 */
export async function keepMemberships<Done>(
  tx: Tx,
  { contactIds, slots, at }: { contactIds: number[]; slots: number; at: number },
  act: () => Promise<Done>,
): Promise<Done> {
  const before = await readMembers(tx, { contactIds });
  const done = await act();
  await alignWithCards(tx, { contactIds });
  const after = await readMembers(tx, { contactIds });
  const steps = [...without(before, after, -1), ...without(after, before, 1)];
  await changeSizes(tx, { sizes: countMoves(steps, slots).filter(({ by }) => by !== 0), at });
  return done;
}

/** The members among some who are not among the others. */
function without(some: Member[], others: Member[], by: number): Step[] {
  const known = new Set(others.map(({ contactId, segmentId }) => `${contactId} ${segmentId}`));
  return some
    .filter(({ contactId, segmentId }) => !known.has(`${contactId} ${segmentId}`))
    .map((row) => ({ ...row, by }));
}

interface Member {
  segmentId: number;
  contactId: number;
  workspaceId: number;
}

/** Who is no member of a rule's segment has an instant. Indexes memberships_pkey, contacts_pkey. */
async function alignWithCards(tx: Tx, { contactIds }: { contactIds: number[] }): Promise<void> {
  await tx.query({
    name: 'align_memberships',
    text: `update memberships m set member = c.deleted_at is null
             from contacts c
            where c.id = m.contact_id and m.contact_id = any($1) and m.member <> (c.deleted_at is null)
              and (m.member or m.changes_at is null)`,
    values: [contactIds],
  });
}

/** Index memberships_pkey. */
async function readMembers(tx: Tx, { contactIds }: { contactIds: number[] }): Promise<Member[]> {
  const { rows } = await tx.query<{ contact_id: number; segment_id: number; workspace_id: number }>(
    {
      name: 'read_members',
      text: `select contact_id, segment_id, workspace_id from memberships
            where contact_id = any($1) and member`,
      values: [contactIds],
    },
  );
  return rows.map((row) => ({
    segmentId: row.segment_id,
    contactId: row.contact_id,
    workspaceId: row.workspace_id,
  }));
}
