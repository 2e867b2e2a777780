import type { Identifier, IdentifierKind, InboxItem } from '../../inbox/index.ts';
import { isExclusive, supersedes, type Directory, type IdentifierRow } from './directory.ts';

/** What the resolver found out about one item. */
export type Decision =
  | Found
  /** Belongs to nobody: an event that creates no contact, or something about a contact unknown. */
  | { kind: 'nobody' }
  | { kind: 'refused'; code: 'external_id_conflict' | 'contact_not_found'; message: string };

export interface Found {
  kind: 'found';
  contactId: number;
  minted: boolean;
  /** External ID that the contact got by this item. */
  externalId?: string;
  gained: Identifier[];
  losses: { contactId: number; lost: Identifier[] }[];
  merges: { keepId: number; dropId: number }[];
}

export interface Minting {
  mint(): number;
}

/** A sighting moves an identifier's time at most this often; a log-in always does. */
const SIGHTING_MS = 10 * 60_000;

/** Kinds of which a contact has one value at a time. */
function isSingle(kind: IdentifierKind): boolean {
  return kind === 'email' || kind === 'phone' || kind.startsWith('field.');
}

interface Candidate {
  kind: IdentifierKind;
  value: string;
  row?: IdentifierRow;
}

/**
 * Finds the contact of an item, or mints one, and changes the directory accordingly.
 *
 * All contacts that the item's identifiers lead to are one person, with one exception: two
 * external IDs never merge by rule. What a contact with another external ID has (a device, a
 * cookie) moves to the one that used it last.
 */
export function resolveItem(directory: Directory, item: InboxItem, { mint }: Minting): Decision {
  const ids = identifiersOf(directory, item);
  if ('refused' in ids) return conflict(ids.refused);
  const candidates = ids.list.map(([kind, value]) =>
    candidate(directory, kind, value, ids.external),
  );
  const weak = isWeak(item);
  const target = chooseTarget(directory, candidates, ids.external, weak);
  if (target === undefined && !mayMint(item, candidates)) {
    return item.kind === 'event'
      ? { kind: 'nobody' }
      : { kind: 'refused', code: 'contact_not_found', message: 'No contact has this identifier.' };
  }
  // An order changes nothing about a contact that is there.
  if (item.kind === 'order' && target !== undefined) return justFound(target);
  const contactId = target ?? mint();
  if (target === undefined) directory.addMinted(contactId);
  return attach(directory, item, {
    candidates,
    contactId,
    minted: target === undefined,
    weak,
    external: ids.external,
  });
}

/** Whether its identifiers only find: see the items. */
function isWeak(item: InboxItem): boolean {
  if (item.kind === 'event' || item.kind === 'identify') return item.weakIds === true;
  return item.kind === 'order';
}

function justFound(contactId: number): Found {
  return { kind: 'found', contactId, minted: false, gained: [], losses: [], merges: [] };
}

function identifiersOf(
  directory: Directory,
  item: InboxItem,
): { list: Identifier[]; external: string | undefined } | { refused: string } {
  const external = externalIdMeant(directory, item);
  if (item.kind !== 'alias') return { list: item.ids, external };
  const [kind, value] = item.previous;
  // A client may name a former user ID as `previousId`: that would join two external IDs.
  const known = kind === 'anonymous_id' && directory.find(kind, value).length > 0;
  const owner = known ? undefined : directory.find('external_id', value)[0]?.contactId;
  const isOther =
    owner !== undefined &&
    value !== external &&
    directory.find('external_id', external ?? '')[0]?.contactId !== owner;
  return isOther ? { refused: value } : { list: [...item.ids, item.previous], external };
}

/** The external ID that its contact has today: a former one means that too. */
function externalIdMeant(directory: Directory, item: InboxItem): string | undefined {
  const sent = item.ids.find(([kind]) => kind === 'external_id')?.[1];
  if (sent === undefined || replacesExternalId(item)) return sent;
  const [row] = directory.find('external_id', sent);
  return row?.retired ? directory.externalIdOf(row.contactId) : sent;
}

function replacesExternalId(item: InboxItem): boolean {
  return item.kind === 'identify' && item.replaceExternalId === true;
}

function candidate(
  directory: Directory,
  kind: IdentifierKind,
  value: string,
  external: string | undefined,
): Candidate {
  const rows = directory.find(kind, value);
  const row = isExclusive(kind) ? rows[0] : chooseShared(directory, rows, external);
  return row ? { kind, value, row } : { kind, value };
}

/** Of contacts that share an e-mail or phone: the owner of the external ID, else one without, else the last set. */
function chooseShared(
  directory: Directory,
  rows: IdentifierRow[],
  external: string | undefined,
): IdentifierRow | undefined {
  if (rows.length === 0) return undefined;
  const newestFirst = rows.toSorted((a, b) => b.setAt - a.setAt);
  const owner = newestFirst.find(
    (row) => external !== undefined && directory.externalIdOf(row.contactId) === external,
  );
  const without = newestFirst.find((row) => directory.externalIdOf(row.contactId) === undefined);
  return owner ?? without ?? (external === undefined ? newestFirst[0] : undefined);
}

function chooseTarget(
  directory: Directory,
  candidates: Candidate[],
  external: string | undefined,
  weak: boolean,
): number | undefined {
  const found = candidates.filter((entry) => entry.row !== undefined);
  const named = found.find((entry) => entry.kind === 'contact');
  if (named) return named.row!.contactId;
  const contacts = found.map((entry) => entry.row!.contactId);
  if (external !== undefined) {
    const owner = found.find((entry) => entry.kind === 'external_id');
    if (owner) return owner.row!.contactId;
    return contacts.find((id) => directory.externalIdOf(id) === undefined);
  }
  if (weak || contacts.every((id) => id === contacts[0])) return contacts[0];
  return contacts.find((id) => directory.externalIdOf(id) !== undefined) ?? contacts[0];
}

function mayMint(item: InboxItem, candidates: Candidate[]): boolean {
  if (!candidates.some((entry) => entry.kind !== 'contact')) return false;
  if (item.kind === 'event') return item.createContact;
  if (item.kind === 'identify') return item.mustExist !== true;
  return item.kind === 'alias' || item.kind === 'order';
}

interface Attachment {
  candidates: Candidate[];
  contactId: number;
  minted: boolean;
  weak: boolean;
  external: string | undefined;
}

function attach(
  directory: Directory,
  item: InboxItem,
  { candidates, contactId, minted, weak, external }: Attachment,
): Decision {
  const found: Found = { ...justFound(contactId), minted };
  if (external !== undefined && replacesExternalId(item)) {
    const taken = directory.find('external_id', external)[0];
    if (taken && taken.contactId !== contactId) return alreadyTaken(external);
    replaceExternalId(directory, item, { external, found });
  }
  const gives = item.kind === 'identify' ? (item.gives ?? []) : [];
  if (
    isKnown(candidates, contactId) &&
    gives.length === 0 &&
    (weak ? !clearsSingles(item) : !touchesSingles(item))
  ) {
    for (const { row } of candidates) renew(directory, row!, item);
    return found;
  }
  const owned = directory.externalIdOf(contactId);
  if (external !== undefined && owned !== undefined && owned !== external)
    return conflict(external);
  if (external !== undefined && owned === undefined) {
    const taken = directory.find('external_id', external)[0];
    // Only a named contact gets here without being the owner: it becomes the owner's.
    if (taken) {
      return attach(directory, item, {
        candidates,
        contactId: taken.contactId,
        minted: false,
        weak,
        external,
      });
    }
    directory.put(newRow('external_id', external, contactId, item));
    found.externalId = external;
  }
  for (const entry of candidates) absorb(directory, item, entry, found, weak);
  for (const [kind, value] of gives) absorb(directory, item, { kind, value }, found, false);
  clearSingles(directory, item, contactId);
  return found;
}

/** The one that the contact had until now still finds it. */
function replaceExternalId(
  directory: Directory,
  item: InboxItem,
  { external, found }: { external: string; found: Found },
): void {
  const { contactId } = found;
  const current = directory
    .rowsOf(contactId)
    .find((row) => row.kind === 'external_id' && row.retired !== true);
  if (current?.value === external) return;
  if (current) directory.put({ ...current, retired: true });
  directory.put(newRow('external_id', external, contactId, item));
  found.externalId = external;
}

/** Every identifier is known and leads to this contact: nothing to attach. */
function isKnown(candidates: Candidate[], contactId: number): boolean {
  return candidates.every((entry) => entry.row?.contactId === contactId);
}

function touchesSingles(item: InboxItem): boolean {
  return item.ids.some(([kind]) => isSingle(kind)) || clearsSingles(item);
}

function clearsSingles(item: InboxItem): boolean {
  return (
    item.kind === 'identify' && (item.fields['email'] === null || item.fields['phone'] === null)
  );
}

/** One identifier of the item and the contact it led to until now. */
function absorb(
  directory: Directory,
  item: InboxItem,
  entry: Candidate,
  found: Found,
  weak: boolean,
): void {
  const { kind, value } = entry;
  if (kind === 'contact' || kind === 'external_id') {
    mergeIfOther(directory, item, entry, found, weak);
    return;
  }
  const merged = mergeIfOther(directory, item, entry, found, weak);
  if (isSingle(kind)) {
    setSingle(directory, item, [kind, value], found, weak);
    return;
  }
  const row = directory.find(kind, value)[0];
  if (!row) {
    directory.put(newRow(kind, value, found.contactId, item, weak));
    found.gained.push([kind, value]);
  } else if (row.contactId === found.contactId) {
    renew(directory, row, item);
    if (merged) found.gained.push([kind, value]);
  } else if (!weak && item.at >= row.setAt) {
    directory.remove(row);
    directory.put(newRow(kind, value, found.contactId, item));
    found.gained.push([kind, value]);
    lossOf(found, row.contactId).push([kind, value]);
  }
}

function mergeIfOther(
  directory: Directory,
  item: InboxItem,
  { row }: Candidate,
  found: Found,
  weak: boolean,
): boolean {
  // An earlier identifier of this item may have merged that contact already.
  const other =
    row && directory.find(row.kind, row.value).find((now) => now.contactId === row.contactId);
  if (weak || !other || other.contactId === found.contactId) return false;
  if (directory.externalIdOf(other.contactId) !== undefined) return false;
  const [keepId, dropId] = survivor(directory, found.contactId, other.contactId);
  mergeRows(directory, { keepId, dropId, at: item.at, source: item.source });
  found.merges.push({ keepId, dropId });
  found.contactId = keepId;
  return true;
}

/** The contact with an external ID survives, else the older. */
function survivor(directory: Directory, a: number, b: number): [keep: number, drop: number] {
  if (directory.externalIdOf(a) !== undefined) return [a, b];
  return a < b ? [a, b] : [b, a];
}

function mergeRows(
  directory: Directory,
  { keepId, dropId, at, source }: { keepId: number; dropId: number; at: number; source: string },
): void {
  for (const row of directory.rowsOf(dropId)) {
    directory.remove(row);
    const moved = {
      ...row,
      contactId: keepId,
      sourceContactId: row.sourceContactId ?? row.contactId,
    };
    const kept = isSingle(row.kind) ? singleOf(directory, keepId, row.kind) : undefined;
    if (kept && !supersedes({ at: row.setAt, weak: row.weak }, kept)) continue;
    if (kept) directory.remove(kept);
    directory.put(moved);
  }
  directory.put({
    kind: 'contact',
    value: String(dropId),
    contactId: keepId,
    sourceContactId: null,
    setAt: at,
    weak: false,
    source,
  });
}

/** A newer sighting of the same identifier by the same contact. */
function renew(directory: Directory, row: IdentifierRow, item: InboxItem): void {
  if (row.kind === 'contact' || row.kind === 'external_id') return;
  const step = item.kind === 'event' ? SIGHTING_MS : 1;
  if (item.at >= row.setAt + step) directory.put({ ...row, setAt: item.at });
}

function setSingle(
  directory: Directory,
  item: InboxItem,
  [kind, value]: Identifier,
  found: Found,
  weak: boolean,
): void {
  const current = singleOf(directory, found.contactId, kind);
  if (current && !supersedes({ at: item.at, weak }, current)) return;
  if (current?.value === value) {
    directory.put({ ...current, setAt: item.at, weak: weak && current.weak });
    return;
  }
  if (current) directory.remove(current);
  directory.put(newRow(kind, value, found.contactId, item, weak));
  found.gained.push([kind, value]);
}

/** An e-mail or phone set to null leaves a row without value, so that an older set does not come back. */
function clearSingles(directory: Directory, item: InboxItem, contactId: number): void {
  if (item.kind !== 'identify') return;
  for (const kind of ['email', 'phone'] as const) {
    if (item.fields[kind] !== null) continue;
    const current = singleOf(directory, contactId, kind);
    if (current && !supersedes({ at: item.at, weak: false }, current)) continue;
    if (current) directory.remove(current);
    directory.put(newRow(kind, '', contactId, item));
  }
}

function singleOf(
  directory: Directory,
  contactId: number,
  kind: IdentifierKind,
): IdentifierRow | undefined {
  return directory.rowsOf(contactId).find((row) => row.kind === kind);
}

function newRow(
  kind: IdentifierKind,
  value: string,
  contactId: number,
  item: InboxItem,
  weak = false,
): IdentifierRow {
  return {
    kind,
    value,
    contactId,
    sourceContactId: null,
    setAt: item.at,
    weak,
    source: item.source,
  };
}

function lossOf(found: Found, contactId: number): Identifier[] {
  let loss = found.losses.find((entry) => entry.contactId === contactId);
  if (!loss) found.losses.push((loss = { contactId, lost: [] }));
  return loss.lost;
}

function alreadyTaken(external: string): Decision {
  return {
    kind: 'refused',
    code: 'external_id_conflict',
    message: `"${external}" is, or was, the external ID of another contact.`,
  };
}

function conflict(external: string): Decision {
  return {
    kind: 'refused',
    code: 'external_id_conflict',
    message: `A contact's external ID never changes: "${external}" cannot be given to, or joined with, a contact that has another one.`,
  };
}
