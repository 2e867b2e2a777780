import type { Tx } from '../db/index.ts';
import type { JsonObject } from '../inbox/index.ts';
import { dropSums } from './kept/kept-sums.ts';

export interface FactMark {
  contactId: number;
  typeId: number;
  occurredAt: Date;
  id: number;
  params: JsonObject;
}

/**
 * Adds to the parameters of facts what was understood of them later. Runs under the contacts' slots.
 * Index events_pkey.
 */
export async function markFacts(tx: Tx, { marks }: { marks: readonly FactMark[] }): Promise<void> {
  if (marks.length === 0) return;
  await tx.query({
    name: 'mark_facts',
    text: `update events e set params = coalesce(e.params, '{}') || row.params
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::jsonb[])
                  as row (contact_id, event_type_id, occurred_at, id, params)
            where e.contact_id = row.contact_id and e.event_type_id = row.event_type_id
              and e.occurred_at = row.occurred_at and e.id = row.id
              and e.contact_id = any($1::bigint[])`,
    values: [
      marks.map((mark) => mark.contactId),
      marks.map((mark) => mark.typeId),
      marks.map((mark) => mark.occurredAt),
      marks.map((mark) => mark.id),
      marks.map((mark) => JSON.stringify(mark.params)),
    ],
  });
  // Sums may be of those whose parameters are such; they are made anew from the facts.
  for (const [typeId, own] of Map.groupBy(marks, (mark) => mark.typeId)) {
    await dropSums(tx, { contactIds: own.map((mark) => mark.contactId), typeId });
  }
}
