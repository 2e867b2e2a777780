import type { Tx } from '../../db/pool.ts';
import { slotOf } from '../../slots/index.ts';
import type { Queued } from './queue.ts';

/**
 * Events that other contacts may have already, with those contacts by their names of today; and
 * which of them must wait, because what came before them still stands in the queue of such a
 * contact. What was queued first never waits, so nothing waits for good.
 */
export async function findHeld(
  tx: Tx,
  { entries, slots }: { entries: Queued[]; slots: number },
): Promise<{ entries: Queued[]; held: Set<Queued> }> {
  const ids = new Set(entries.flatMap((entry) => entry.elsewhere ?? []));
  if (ids.size === 0) return { entries, held: new Set() };
  const survivors = await survivorsOf(tx, { contactIds: [...ids] });
  const named = entries.map((entry) =>
    entry.elsewhere
      ? { ...entry, elsewhere: [...new Set(entry.elsewhere.flatMap((id) => survivors.get(id)!))] }
      : entry,
  );
  const asking = named.filter((entry) => entry.elsewhere);
  const asked = new Set(
    asking.flatMap(({ elsewhere }) => elsewhere!.map((id) => slotOf(id, slots))),
  );
  const first = await firstQueued(tx, { slots: [...asked] });
  const held = asking.filter(({ seq, elsewhere }) =>
    elsewhere!.some((id) => (first.get(slotOf(id, slots)) ?? Infinity) < seq),
  );
  return { entries: named, held: new Set(held) };
}

/** Each of these contacts and whoever it was merged into, one after the other. */
async function survivorsOf(
  tx: Tx,
  { contactIds }: { contactIds: number[] },
): Promise<Map<number, number[]>> {
  const next = new Map<number, number>();
  for (let open = contactIds; open.length > 0;) {
    const { rows } = await tx.query<{ id: number; merged_into: number }>(
      `select id, merged_into from contacts where id = any($1) and merged_into is not null`,
      [open],
    );
    for (const row of rows) next.set(row.id, row.merged_into);
    open = rows.map((row) => row.merged_into).filter((id) => !next.has(id));
  }
  return new Map(contactIds.map((id) => [id, chainFrom(id, next)]));
}

function chainFrom(id: number, next: Map<number, number>): number[] {
  const chain = [id];
  for (let at = next.get(id); at !== undefined && !chain.includes(at); at = next.get(at))
    chain.push(at);
  return chain;
}

/** The first row that stands in each queue; index slot_queue_pkey. */
async function firstQueued(tx: Tx, { slots }: { slots: number[] }): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ slot: number; seq: number }>(
    `select slot, min(seq) as seq from slot_queue where slot = any($1) group by slot`,
    [slots],
  );
  return new Map(rows.map((row) => [row.slot, row.seq]));
}
