import { forgetContact } from '../../audit/index.ts';
import { eraseRows, namesOf, type ErasedRows, type Names } from '../../contact-rows/index.ts';
import { eraseCards, readKnownBy } from '../../contacts/index.ts';
import type { Tx } from '../../db/index.ts';
import { forgetExamples, forgetTimes, uncountContacts } from '../../events/index.ts';
import { forgetAnswers } from '../../http/index.ts';
import type { EraseItem, Stamped } from '../../inbox/index.ts';
import { forgetContactInJobs } from '../../jobs/index.ts';
import { enqueueStamped } from '../../slots/index.ts';
import { hashSuppressions } from '../../suppressions/index.ts';
import type { Of } from '../apply/working-set.ts';
import { contactTables } from '../contact-tables.ts';
import { forgetDeadEvents, forgetMerges, forgetOrderOwners, noteErased } from './queries.ts';

/** Rows of one table that a transaction removes: well under a second. */
const MOST_ROWS = 10_000;

/**
 * Removes people from every table, in the transaction that owns their slots. The resolver has
 * removed what they were found by; runs have ended. Numbers that reports counted stay, and that an
 * address said no stays as a keyed hash. Of whom there is very much, the card goes now with a slice
 * of the rows; an item for the others goes behind whatever else waits.
 */
export async function eraseContacts(
  tx: Tx,
  {
    erasures,
    slot,
    slots,
    now,
  }: { erasures: Of<EraseItem>[]; slot: number; slots: number; now: Date },
): Promise<void> {
  const unfinished: Stamped[] = [];
  for (const entry of erasures) {
    const { workspaceId, contactId, item } = entry;
    const contactIds = [contactId, ...(item.formerIds ?? [])];
    const { removed, isPart } = item.rest
      ? await eraseRest(tx, { contactIds, slot })
      : await erasePerson(tx, { workspaceId, contactIds, values: item.values ?? [], slot });
    const erasedAt = isPart ? null : now;
    await noteErased(tx, { id: item.erasureId, contactIds, removed, erasedAt });
    if (isPart) unfinished.push(restOf(entry, now));
  }
  await enqueueStamped(tx, { stamped: unfinished, slots });
}

/** Without what the person was found by. Arrived now, so that no timer of the slot waits for it. */
function restOf({ workspaceId, contactId, lane, item }: Of<EraseItem>, now: Date): Stamped {
  const { kind, ids, at, source, erasureId, formerIds = [] } = item;
  return {
    workspaceId,
    contactId,
    lane,
    receivedAt: now.getTime(),
    item: { kind, ids, at, source, erasureId, formerIds, rest: true },
  };
}

/** More rows of somebody whose card is gone. */
export async function eraseRest(
  tx: Tx,
  { contactIds, slot }: { contactIds: number[]; slot: number },
): Promise<ErasedRows> {
  return eraseSlice(tx, { contactIds, names: namesOf([]), slot });
}

/** One person under all their contact IDs: at once, but for rows beyond those of a slice. */
export async function erasePerson(
  tx: Tx,
  {
    workspaceId,
    contactIds,
    values,
    slot,
  }: { workspaceId: number; contactIds: number[]; values: string[]; slot: number },
): Promise<ErasedRows> {
  const addresses = [...new Set([...values, ...(await readKnownBy(tx, { contactIds }))])];
  const names = namesOf(addresses);
  const person = { workspaceId, contactIds, names };
  await hashSuppressions(tx, { workspaceId, contactIds, addresses });
  await forgetOrderOwners(tx, { workspaceId, contactIds });
  const { removed, isPart } = await eraseSlice(tx, { ...person, slot });
  const more = {
    merges: await forgetMerges(tx, { contactIds }),
    dead_events: await forgetDeadEvents(tx, person),
    ...(await forgetContactInJobs(tx, person)),
  };
  await forgetContact(tx, person);
  await forgetAnswers(tx, { workspaceId, pieces: [...names.pieces, ...contactIds.map(quoted)] });
  const some = Object.entries(more).filter(([, rows]) => rows > 0);
  return { removed: { ...removed, ...Object.fromEntries(some) }, isPart };
}

/** Late reports may have written something since the slice before, so each looks at all tables. */
async function eraseSlice(
  tx: Tx,
  { contactIds, names, slot }: { contactIds: number[]; names: Names; slot: number },
): Promise<ErasedRows> {
  const rows = { contactIds, most: MOST_ROWS };
  await forgetExamples(tx, { contactIds, names });
  await uncountContacts(tx, { ...rows, slot });
  await forgetTimes(tx, { contactIds });
  const { removed, isPart } = await eraseRows(tx, contactTables, rows);
  const contacts = await eraseCards(tx, { contactIds });
  return { removed: { ...removed, ...(contacts > 0 && { contacts }) }, isPart };
}

/** As an ID stands in an answer. */
function quoted(id: number): string {
  return `"${id}"`;
}
