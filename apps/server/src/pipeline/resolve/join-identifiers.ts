import type { Choice } from '../../contact-rows/index.ts';
import type { IdentifierKind, Refusal } from '../../inbox/index.ts';
import type { Directory, IdentifierRow } from './directory.ts';
import { MOST_MERGES, type IdentityRules } from './identity-rules.ts';

/** What a merge chose among identifiers, so that it can be undone. */
export interface JoinedIdentifiers {
  /** By kind of which a contact has one value: where the dropped one had one. */
  singles: Record<string, Choice<IdentifierRow>>;
  externalIds: { kept: string | null; dropped: string | null };
}

/** Kinds of which a contact has one value at a time. */
export function isSingle(kind: IdentifierKind): boolean {
  return kind === 'email' || kind === 'phone' || kind.startsWith('field.');
}

export function singleOf(
  directory: Directory,
  contactId: number,
  kind: IdentifierKind,
): IdentifierRow | undefined {
  return directory.rowsOf(contactId).find((row) => row.kind === kind);
}

/** The later set, as with fields; equal ones stay the survivor's. */
export function settleSingles(kept: IdentifierRow, dropped: IdentifierRow): IdentifierRow {
  if (kept.weak !== dropped.weak) return kept.weak ? dropped : kept;
  return dropped.setAt > kept.setAt ? dropped : kept;
}

/** The row as another contact's, that knows whose it was. */
export function givenTo(row: IdentifierRow, contactId: number): IdentifierRow {
  const source = row.sourceContactId ?? row.contactId;
  return { ...row, contactId, sourceContactId: source === contactId ? null : source };
}

/** Everything that found the dropped contact finds the survivor, its own ID too. */
export function joinIdentifiers(
  directory: Directory,
  { keepId, dropId, at, source }: { keepId: number; dropId: number; at: number; source: string },
): JoinedIdentifiers {
  const externalIds = {
    kept: directory.externalIdOf(keepId) ?? null,
    dropped: directory.externalIdOf(dropId) ?? null,
  };
  const joined: JoinedIdentifiers = { singles: {}, externalIds };
  endApartness(directory, keepId, dropId);
  for (const row of directory.rowsOf(dropId)) {
    directory.remove(row);
    if (isSingle(row.kind)) {
      const kept = singleOf(directory, keepId, row.kind) ?? null;
      const settled = kept ? settleSingles(kept, row) : row;
      joined.singles[row.kind] = { kept, dropped: row, settled };
      if (settled !== row) continue;
      if (kept) directory.remove(kept);
    }
    const retires = row.kind === 'external_id' && externalIds.kept !== null;
    directory.put({ ...givenTo(row, keepId), ...(retires && { retired: true }) });
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
  return joined;
}

/** Why two contacts may not become one, if so. Whoever asks by hand is not held back by `apart`. */
export function whyNotJoin(
  directory: Directory,
  rules: IdentityRules,
  { keepId, dropId, byHand }: { keepId: number; dropId: number; byHand: boolean },
): Refusal['reason'] | undefined {
  if (!byHand && areApart(directory, keepId, dropId)) return 'kept_apart';
  const merged = [keepId, dropId].map((id) => directory.count(id, 'contact'));
  if (merged[0]! + merged[1]! >= MOST_MERGES) return 'too_many_merges';
  for (const [kind, limit] of Object.entries(rules.limits)) {
    const added = directory.count(dropId, kind as IdentifierKind);
    if (added > 0 && directory.count(keepId, kind as IdentifierKind) + added > limit!)
      return 'too_many';
  }
  return undefined;
}

/** The contact's own ID, and those of the contacts that became it. */
function namesOf(directory: Directory, contactId: number): Set<string> {
  const former = directory.rowsOf(contactId).filter(({ kind }) => kind === 'contact');
  return new Set([String(contactId), ...former.map(({ value }) => value)]);
}

function apartRows(directory: Directory, from: number, to: number): IdentifierRow[] {
  const names = namesOf(directory, to);
  return directory.rowsOf(from).filter(({ kind, value }) => kind === 'apart' && names.has(value));
}

function areApart(directory: Directory, a: number, b: number): boolean {
  return apartRows(directory, a, b).length > 0 || apartRows(directory, b, a).length > 0;
}

function endApartness(directory: Directory, a: number, b: number): void {
  for (const row of [...apartRows(directory, a, b), ...apartRows(directory, b, a)])
    directory.remove(row);
}
