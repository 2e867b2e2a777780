import type { Tx } from '../../db/index.ts';
import { NO_SLOT } from '../../events/index.ts';
import { decodeItems, decodeStamped, encodeItems } from '../../inbox/index.ts';
import { keepMemberships } from '../../segments/index.ts';
import { readSlotCount } from '../../slots/index.ts';
import { erasePerson, eraseRest } from './erase-contacts.ts';
import type { ErasedPerson } from './erasure-list.ts';
import { noteErased } from './queries.ts';

/**
 * Erases people from a database that was restored from an older backup, before any program works
 * on it. Contact IDs are never used again, so they still mean the same people. Answers who was
 * found there.
 */
export async function eraseAgain(
  tx: Tx,
  { people, now }: { people: ErasedPerson[]; now: Date },
): Promise<ErasedPerson[]> {
  const found: ErasedPerson[] = [];
  const slots = await readSlotCount(tx);
  for (const person of people) {
    const workspaceId = await findHome(tx, person);
    if (workspaceId === undefined) continue;
    const values = await takeIdentifiers(tx, person);
    await purgeQueues(tx, { workspaceId, person, values });
    const contactIds = person.contact_ids;
    // Nobody told the lists that they leave.
    const erasureId = await recordErasure(tx, { workspaceId, person });
    await keepMemberships(tx, { contactIds, slots, at: now.getTime() }, async () => {
      const slot = NO_SLOT;
      let part = await erasePerson(tx, { workspaceId, contactIds, values, slot });
      for (; part.isPart; part = await eraseRest(tx, { contactIds, slot }))
        await noteErased(tx, { id: erasureId, contactIds, ...part, erasedAt: null });
      await noteErased(tx, { id: erasureId, contactIds, ...part, erasedAt: now });
    });
    found.push(person);
  }
  return found;
}

/** Undefined when the backup is from before the person came, or from after it went. */
async function findHome(tx: Tx, { contact_ids }: ErasedPerson): Promise<number | undefined> {
  const { rows } = await tx.query<{ workspace_id: number }>(
    `select workspace_id from contacts where id = any($1) limit 1`,
    [contact_ids],
  );
  return rows[0]?.workspace_id;
}

async function takeIdentifiers(tx: Tx, { contact_ids }: ErasedPerson): Promise<string[]> {
  const { rows } = await tx.query<{ kind: string; value: string }>(
    `delete from identifiers where contact_id = any($1) returning kind, value`,
    [contact_ids],
  );
  return rows.filter(({ kind }) => kind !== 'contact').map(({ value }) => value);
}

/** What waited when the backup was written would make the person anew. */
async function purgeQueues(
  tx: Tx,
  { workspaceId, person, values }: { workspaceId: number; person: ErasedPerson; values: string[] },
): Promise<void> {
  const theirs = new Set(values);
  const inbox = await tx.query<{ lane: number; seq: number; payload: Buffer }>(
    `select lane, seq, payload from inbox where workspace_id = $1`,
    [workspaceId],
  );
  for (const { lane, seq, payload } of inbox.rows) {
    const items = decodeItems(payload);
    const kept = items.filter((item) => !item.ids.some(([, value]) => theirs.has(value)));
    if (kept.length === items.length) continue;
    await tx.query(
      `update inbox set payload = $4, n = $5 where workspace_id = $1 and lane = $2 and seq = $3`,
      [workspaceId, lane, seq, encodeItems(kept.map((item) => JSON.stringify(item))), kept.length],
    );
  }
  const queues = await tx.query<{ slot: number; lane: number; seq: number; payload: Buffer }>(
    `select slot, lane, seq, payload from slot_queue`,
  );
  for (const { slot, lane, seq, payload } of queues.rows) {
    const items = decodeStamped(payload);
    const kept = items.filter(({ contactId }) => !person.contact_ids.includes(contactId));
    if (kept.length === items.length) continue;
    await tx.query(
      `update slot_queue set payload = $4, n = $5 where slot = $1 and lane = $2 and seq = $3`,
      [slot, lane, seq, encodeItems(kept.map((item) => JSON.stringify(item))), kept.length],
    );
  }
}

async function recordErasure(
  tx: Tx,
  { workspaceId, person }: { workspaceId: number; person: ErasedPerson },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into erasures (workspace_id, contact_ids, requested_by, requested_at)
     values ($1, $2, 'restore --erasures', $3)
     returning id`,
    [workspaceId, person.contact_ids, person.requested_at],
  );
  return rows[0]!.id;
}
