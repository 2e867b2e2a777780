import type { Names } from '../contact-rows/index.ts';
import { advisoryLocks, type Tx } from '../db/index.ts';
import { typesOfContact } from './read-facts.ts';

/**
 * Takes the examples out of the types that this contact has facts of: any of them may be from it.
 * Later facts show new ones. Samplers of all processes forget theirs; see `schema-sampler.ts`.
 */
export async function forgetExamples(
  tx: Tx,
  { contactIds, names }: { contactIds: number[]; names: Names },
): Promise<void> {
  const types: number[] = [];
  for (const contactId of contactIds) types.push(...(await typesOfContact(tx, { contactId })));
  if (types.length === 0) return;
  await tx.query(`select pg_advisory_xact_lock($1)`, [advisoryLocks.samples]);
  await tx.query(
    `update event_type_params set examples = '[]' where event_type_id = any($1) and examples <> '[]'`,
    [types],
  );
  // Some senders make an address the name of a parameter.
  await tx.query(
    `delete from event_type_params
      where event_type_id = any($1)
        and exists (select from unnest($2::text[]) as piece where strpos(path, piece) > 0)`,
    [types, names.pieces],
  );
}
