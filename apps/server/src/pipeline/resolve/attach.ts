import type {
  DeviceFacts,
  Identifier,
  IdentifierKind,
  InboxItem,
  Refusal,
} from '../../inbox/index.ts';
import { replacesExternalId, type Candidate } from './choose-contact.ts';
import { alreadyTaken, conflict, type Decision, type Found } from './decision.ts';
import { supersedes, type Directory, type IdentifierRow } from './directory.ts';
import { formersOf, mayBeElsewhere } from './former-owners.ts';
import { joins, type IdentityRules } from './identity-rules.ts';
import { isSingle, joinIdentifiers, singleOf, whyNotJoin } from './join-identifiers.ts';

/** A sighting moves an identifier's time at most this often; a log-in always does. */
const SIGHTING_MS = 10 * 60_000;

interface Attachment {
  candidates: Candidate[];
  contactId: number;
  minted: boolean;
  weak: boolean;
  external: string | undefined;
  refusals: Refusal[];
  rules: IdentityRules;
  arrivedAt: number;
}

export function attach(directory: Directory, item: InboxItem, attachment: Attachment): Decision {
  const { candidates, contactId, minted, weak, external, refusals, rules, arrivedAt } = attachment;
  const via = viaOf(candidates, contactId);
  const by = ledBy(item, candidates, contactId);
  const elsewhere = mayBeElsewhere(item, { candidates, contactId });
  const found: Found = {
    ...justFound(contactId, item),
    minted,
    refusals: [...refusals],
    ...(via !== undefined && { via }),
    ...(by !== undefined && { by }),
    ...(elsewhere.length > 0 && { elsewhere }),
  };
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
        ...attachment,
        contactId: taken.contactId,
        minted: false,
      });
    }
    directory.put(newRow('external_id', external, contactId, item));
    found.externalId = external;
  }
  for (const entry of candidates) absorb(directory, item, entry, { found, weak, rules, arrivedAt });
  for (const [kind, value] of gives)
    absorb(directory, item, { kind, value }, { found, weak: false, rules, arrivedAt });
  clearSingles(directory, item, contactId);
  return { ...found, item: withOwnDevices(directory, found) };
}

export function justFound(contactId: number, item: InboxItem): Found {
  return {
    kind: 'found',
    item,
    contactId,
    minted: false,
    gained: [],
    losses: [],
    merges: [],
    refusals: [],
  };
}

/**
 * The contact that all these identifiers came from, if it was merged into the one they find: what
 * comes by them alone is that one's, should the merge be undone.
 */
function viaOf(candidates: Candidate[], contactId: number): number | undefined {
  let via: number | undefined;
  for (const { kind, value, row } of candidates) {
    if (!row || isSingle(kind)) continue;
    const source = kind === 'contact' ? Number(value) : row.sourceContactId;
    if (row.contactId !== contactId || source === null || source === contactId) return undefined;
    if (via !== undefined && via !== source) return undefined;
    via = source;
  }
  return via;
}

/**
 * The kind of the first identifier that led to an event's contact, or of a new contact the first that
 * it was created for. What is usual, the first of all, goes without saying.
 */
function ledBy(
  item: InboxItem,
  candidates: Candidate[],
  contactId: number,
): IdentifierKind | undefined {
  if (item.kind !== 'event') return undefined;
  const leading =
    candidates.find(({ row }) => row?.contactId === contactId) ??
    candidates.find(({ kind }) => kind !== 'contact');
  return leading === candidates[0] ? undefined : leading?.kind;
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

/**
 * The devices of the item that are still this contact's: who used one later has it, whatever comes
 * late or again. Else a push for the one would go to the other.
 */
function withOwnDevices(directory: Directory, { item, contactId }: Found): InboxItem {
  if (!('device' in item) || item.device === undefined) return item;
  const isOthers = (kind: 'device_id' | 'push_token', value: string | undefined): boolean => {
    const owner = value === undefined ? undefined : directory.find(kind, value)[0]?.contactId;
    return owner !== undefined && owner !== contactId;
  };
  const isOwn = ({ deviceId, pushToken }: DeviceFacts): boolean =>
    !isOthers('device_id', deviceId) && !isOthers('push_token', pushToken);
  const more = item.kind === 'identify' ? item.moreDevices : undefined;
  if (isOwn(item.device) && (more ?? []).every(isOwn)) return item;
  const { device, ...rest } = item;
  return {
    ...rest,
    ...(isOwn(device) && { device }),
    ...(more && { moreDevices: more.filter(isOwn) }),
  };
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

interface Absorption {
  found: Found;
  weak: boolean;
  rules: IdentityRules;
  arrivedAt: number;
}

/** One identifier of the item and the contact it led to until now. */
function absorb(
  directory: Directory,
  item: InboxItem,
  entry: Candidate,
  absorption: Absorption,
): void {
  const { kind, value } = entry;
  const { found, weak } = absorption;
  const merged = mergeIfOther(directory, item, entry, absorption);
  if (kind === 'contact' || kind === 'external_id') return;
  if (isSingle(kind)) {
    setSingle(directory, item, [kind, value], found, weak);
    return;
  }
  const row = directory.find(kind, value)[0];
  if (row?.contactId === found.contactId) {
    renew(directory, row, item);
    if (merged) found.gained.push([kind, value]);
  } else if (!row || (!weak && item.at >= row.setAt)) {
    take(directory, item, { kind, value, row, ...absorption });
  }
}

/** A new identifier, or one that moves to whoever used it last; unless there are too many. */
function take(
  directory: Directory,
  item: InboxItem,
  {
    kind,
    value,
    row,
    found,
    weak,
    rules,
    arrivedAt,
  }: Omit<Candidate, 'row'> & Absorption & { row: IdentifierRow | undefined },
): void {
  const { contactId, via } = found;
  const limit = rules.limits[kind];
  if (limit !== undefined && directory.count(contactId, kind) >= limit) {
    found.refusals.push({ kind, value, reason: 'too_many' });
    return;
  }
  if (row) {
    directory.remove(row);
    lossOf(found, row.contactId).push([kind, value]);
  }
  const put = newRow(kind, value, contactId, item, row ? false : weak);
  directory.put({
    ...put,
    sourceContactId: via ?? null,
    ...(row && formersOf(row, { to: contactId, movedAt: arrivedAt })),
  });
  found.gained.push([kind, value]);
}

function mergeIfOther(
  directory: Directory,
  item: InboxItem,
  { kind, value, row }: Candidate,
  { found, weak, rules }: Absorption,
): boolean {
  // An earlier identifier of this item may have merged that contact already.
  const other =
    row && directory.find(row.kind, row.value).find((now) => now.contactId === row.contactId);
  if (weak || !other || other.contactId === found.contactId) return false;
  if (directory.externalIdOf(other.contactId) !== undefined) return false;
  const [keepId, dropId] = survivor(directory, found.contactId, other.contactId);
  const reason = joins(rules, kind)
    ? whyNotJoin(directory, rules, { keepId, dropId, byHand: false })
    : 'not_joined';
  if (reason) {
    found.refusals.push({ kind: 'merge', value: String(other.contactId), reason });
    return false;
  }
  const { at, source } = item;
  const identifiers = joinIdentifiers(directory, { keepId, dropId, at, source });
  found.merges.push({ keepId, dropId, by: [kind, value], identifiers });
  found.contactId = keepId;
  delete found.via;
  return true;
}

/** The contact with an external ID survives, else the older. */
function survivor(directory: Directory, a: number, b: number): [keep: number, drop: number] {
  if (directory.externalIdOf(a) !== undefined) return [a, b];
  return a < b ? [a, b] : [b, a];
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
    if (current?.value === '') {
      directory.put({ ...current, setAt: item.at, weak: false });
      continue;
    }
    if (current) directory.remove(current);
    directory.put(newRow(kind, '', contactId, item));
  }
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
