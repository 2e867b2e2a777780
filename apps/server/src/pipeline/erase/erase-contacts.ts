import { forgetContact } from '../../audit/index.ts';
import { eraseRows, namesOf } from '../../contact-rows/index.ts';
import { eraseCards, readKnownBy } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { forgetExamples, uncountContacts } from '../../events/index.ts';
import { forgetAnswers } from '../../http/index.ts';
import type { EraseItem } from '../../inbox/index.ts';
import { forgetContactInJobs } from '../../jobs/index.ts';
import { hashSuppressions } from '../../suppressions/index.ts';
import type { Of } from '../apply/working-set.ts';
import { contactTables } from '../contact-tables.ts';
import { closeErasure, forgetDeadEvents, forgetMerges, forgetOrderOwners } from './queries.ts';

/**
 * Removes people from every table, in the transaction that owns their slots. The resolver has
 * removed what they were found by; runs have ended. Numbers that reports counted stay, and that an
 * address said no stays as a keyed hash.
 */
export async function eraseContacts(
  tx: Tx,
  { erasures, slot, now }: { erasures: Of<EraseItem>[]; slot: number; now: Date },
): Promise<void> {
  for (const { workspaceId, contactId, item } of erasures) {
    const contactIds = [contactId, ...(item.formerIds ?? [])];
    const removed = await erasePerson(tx, {
      workspaceId,
      contactIds,
      values: item.values ?? [],
      slot,
    });
    await closeErasure(tx, { id: item.erasureId, contactIds, removed, now });
  }
}

/** One person under all their contact IDs. Answers how many rows were removed, by table. */
export async function erasePerson(
  tx: Tx,
  {
    workspaceId,
    contactIds,
    values,
    slot,
  }: { workspaceId: number; contactIds: number[]; values: string[]; slot: number },
): Promise<Record<string, number>> {
  const addresses = [...new Set([...values, ...(await readKnownBy(tx, { contactIds }))])];
  const names = namesOf(addresses);
  const person = { workspaceId, contactIds, names };
  await forgetExamples(tx, person);
  await hashSuppressions(tx, { workspaceId, contactIds, addresses });
  await forgetOrderOwners(tx, { workspaceId, contactIds });
  await uncountContacts(tx, { contactIds, slot });
  const removed = await eraseRows(tx, contactTables, { contactIds });
  const more = {
    contacts: await eraseCards(tx, { contactIds }),
    merges: await forgetMerges(tx, { contactIds }),
    dead_events: await forgetDeadEvents(tx, person),
    ...(await forgetContactInJobs(tx, person)),
  };
  await forgetContact(tx, person);
  await forgetAnswers(tx, { workspaceId, pieces: [...names.pieces, ...contactIds.map(quoted)] });
  const some = Object.entries(more).filter(([, rows]) => rows > 0);
  return { ...removed, ...Object.fromEntries(some) };
}

/** As an ID stands in an answer. */
function quoted(id: number): string {
  return `"${id}"`;
}
