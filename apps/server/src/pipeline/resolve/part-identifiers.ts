import { takeOut } from '../../contact-rows/index.ts';
import type { IdentifierKind } from '../../inbox/index.ts';
import { isExclusive, type Directory, type IdentifierRow } from './directory.ts';
import { formersOf } from './former-owners.ts';
import {
  givenTo,
  isSingle,
  settleSingles,
  singleOf,
  type JoinedIdentifiers,
} from './join-identifiers.ts';

/** A merge in force, as the resolver needs it to undo one. */
export interface KnownMerge {
  mergeId: number;
  keepId: number;
  dropId: number;
  identifiers: JoinedIdentifiers;
}

export interface Parted {
  /** Whose rows go back: the dropped contact, and those merged into it before. */
  sources: number[];
  /** Merges into the survivor since, in order. Their choices were made again. */
  later: KnownMerge[];
  externalIds: { keep: string | null; drop: string | null };
}

/**
 * Gives the dropped contact back what found it. What was set since stays with the survivor, and the
 * two are kept apart: no rule merges them again.
 */
export function partIdentifiers(
  directory: Directory,
  merge: KnownMerge,
  { inForce, at, source }: { inForce: KnownMerge[]; at: number; source: string },
): Parted {
  const { keepId, dropId, identifiers } = merge;
  const sources = sourcesOf(dropId, inForce);
  const later = inForce
    .filter((other) => other.keepId === keepId && other.mergeId > merge.mergeId)
    .toSorted((a, b) => a.mergeId - b.mergeId);
  for (const kind of Object.keys(identifiers.singles))
    partSingle(directory, merge, { kind: kind as IdentifierKind, later });
  for (const row of directory.rowsOf(keepId)) {
    if (row.kind === 'contact' && row.value === String(dropId)) directory.remove(row);
    else if (!isSingle(row.kind) && sources.includes(row.sourceContactId ?? 0))
      giveBack(directory, row, { dropId, identifiers, at });
  }
  keepOneExternalId(directory, keepId);
  const own = { weak: false, sourceContactId: null, setAt: at, source };
  // Until the cards are two again, nothing else tells that this ID finds itself.
  directory.put({ kind: 'contact', value: String(dropId), contactId: dropId, ...own });
  directory.put({ kind: 'apart', value: String(dropId), contactId: keepId, ...own });
  directory.put({ kind: 'apart', value: String(keepId), contactId: dropId, ...own });
  return {
    sources,
    later,
    externalIds: {
      keep: directory.externalIdOf(keepId) ?? null,
      drop: directory.externalIdOf(dropId) ?? null,
    },
  };
}

function sourcesOf(contactId: number, inForce: KnownMerge[]): number[] {
  const own = inForce.filter(({ keepId }) => keepId === contactId);
  return [contactId, ...own.flatMap(({ dropId }) => sourcesOf(dropId, inForce))];
}

/** Both get their e-mail (phone, mapped field) of then, unless the survivor got another since. */
function partSingle(
  directory: Directory,
  { keepId, dropId, identifiers }: KnownMerge,
  { kind, later }: { kind: IdentifierKind; later: KnownMerge[] },
): void {
  const choice = identifiers.singles[kind]!;
  const { from, to } = takeOut(
    choice,
    later.flatMap((merge) => merge.identifiers.singles[kind] ?? []),
    { settle: settleSingles, same: isSame },
  );
  const current = singleOf(directory, keepId, kind);
  if (current && isSame(current, from)) {
    directory.remove(current);
    if (to) directory.put(givenTo(to, keepId));
  } else if (current) {
    directory.put({ ...current, sourceContactId: null });
  }
  directory.put(givenTo(choice.dropped, dropId));
}

function isSame(a: IdentifierRow, b: IdentifierRow): boolean {
  return a.value === b.value && a.setAt === b.setAt && a.weak === b.weak && a.source === b.source;
}

function giveBack(
  directory: Directory,
  row: IdentifierRow,
  { dropId, identifiers, at }: Pick<KnownMerge, 'dropId' | 'identifiers'> & { at: number },
): void {
  directory.remove(row);
  const { retired: _retired, ...back } = givenTo(row, dropId);
  const isCurrent = row.kind === 'external_id' && row.value === identifiers.externalIds.dropped;
  directory.put({
    ...back,
    ...(row.retired && !isCurrent && { retired: true }),
    // Events that identifiers of both found stay with the survivor.
    ...(isExclusive(row.kind) && formersOf(row, { to: dropId, movedAt: at })),
  });
}

/** Who lost the external ID that another brought has the one before it, if there was one. */
function keepOneExternalId(directory: Directory, contactId: number): void {
  const rows = directory.rowsOf(contactId).filter(({ kind }) => kind === 'external_id');
  if (rows.length === 0 || rows.some(({ retired }) => !retired)) return;
  const { retired: _retired, ...newest } = rows.toSorted((a, b) => b.setAt - a.setAt)[0]!;
  directory.put(newest);
}
