import type { Identifier, IdentifierKind, InboxItem } from '../../inbox/index.ts';
import { isExclusive, type Directory, type IdentifierRow } from './directory.ts';
import { isBlocked, joins, type IdentityRules } from './identity-rules.ts';

export interface Candidate {
  kind: IdentifierKind;
  value: string;
  row?: IdentifierRow;
}

export function identifiersOf(
  directory: Directory,
  item: InboxItem,
  rules: IdentityRules,
): { list: Identifier[]; external: string | undefined } | { refused: string } {
  const external = externalIdMeant(directory, item);
  if (item.kind !== 'alias' || isBlocked(rules, item.previous)) return { list: item.ids, external };
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

export function replacesExternalId(item: InboxItem): boolean {
  return item.kind === 'identify' && item.replaceExternalId === true;
}

export function candidate(
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

/** Where e-mail or phone only find a contact, they do not choose it for others to join. */
export function leading(candidates: Candidate[], rules: IdentityRules): Candidate[] {
  const joining = candidates.filter(({ kind }) => joins(rules, kind));
  return joining.length > 0 ? joining : candidates;
}

export function chooseTarget(
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

export function mayMint(item: InboxItem, candidates: Candidate[]): boolean {
  if (!candidates.some((entry) => entry.kind !== 'contact')) return false;
  if (item.kind === 'event') return item.createContact;
  if (item.kind === 'identify') return item.mustExist !== true;
  return item.kind === 'alias' || item.kind === 'order';
}
