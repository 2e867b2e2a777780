import type { EraseItem, Stamped } from '../../inbox/index.ts';
import type { Directory } from './directory.ts';
import type { Arrived } from './queries.ts';
import type { Found } from './decision.ts';

/** The item as it goes to its contact's slot. */
export function stamp(
  workspaceId: number,
  { item, lane, receivedAt }: Arrived,
  contactId: number,
): Stamped {
  return { workspaceId, contactId, receivedAt, lane, item };
}

/** With what the resolver found or gave. */
export function stampFound(workspaceId: number, arrived: Arrived, found: Found): Stamped {
  const stamped: Stamped = {
    ...stamp(workspaceId, arrived, found.contactId),
    item: found.item,
  };
  if (found.minted) stamped.minted = true;
  if (found.externalId !== undefined) stamped.externalId = found.externalId;
  if (found.gained.length > 0) stamped.gained = found.gained;
  if (found.via !== undefined) stamped.via = found.via;
  if (found.by !== undefined) stamped.by = found.by;
  if (found.elsewhere !== undefined) stamped.elsewhere = found.elsewhere;
  if (found.refusals.length > 0) stamped.refusals = found.refusals;
  return stamped;
}

/** Whoever it was is found by nothing any more; the worker gets what it was found by. */
export function stampErasure(
  directory: Directory,
  workspaceId: number,
  arrived: Arrived & { item: EraseItem },
): Stamped {
  const id = arrived.item.ids[0]![1];
  const contactId = directory.find('contact', id)[0]?.contactId ?? Number(id);
  const rows = directory.rowsOf(contactId);
  for (const row of rows) directory.remove(row);
  const former = rows.filter(({ kind }) => kind === 'contact').map(({ value }) => Number(value));
  const item: EraseItem = {
    ...arrived.item,
    formerIds: former.filter((each) => each !== contactId),
    values: rows.filter(({ kind }) => kind !== 'contact').map(({ value }) => value),
  };
  return { ...stamp(workspaceId, arrived, contactId), item };
}
