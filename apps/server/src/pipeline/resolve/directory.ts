import { EXCLUSIVE_KINDS, type IdentifierKind } from '../../inbox/index.ts';

/** A row of `identifiers`. An empty value marks an e-mail or phone that was cleared. */
export interface IdentifierRow {
  kind: IdentifierKind;
  value: string;
  contactId: number;
  sourceContactId: number | null;
  setAt: number;
  weak: boolean;
  source: string;
  /** A former external ID: it finds the contact and is not the one the contact has. */
  retired?: boolean;
  /** Contacts that had it before, the last one first; and when what moved it last arrived. */
  formers?: number[];
  movedAt?: number;
}

/** The rows of these contacts must be loaded before the batch can be resolved. */
export class RowsMissing extends Error {
  readonly contactIds: number[];
  constructor(contactIds: number[]) {
    super('identifiers of some contacts are not loaded');
    this.contactIds = contactIds;
  }
}

const exclusive = new Set<string>([...EXCLUSIVE_KINDS, 'contact']);

export function isExclusive(kind: IdentifierKind): boolean {
  return exclusive.has(kind);
}

/** Whether what was set then gives way to what is set now; equal times: the later arrival. */
export function supersedes(
  now: { at: number; weak: boolean },
  then: { setAt: number; weak: boolean },
): boolean {
  if (now.weak !== then.weak) return then.weak;
  return now.at >= then.setAt;
}

/** Who is found by what, as far as a batch needs it, and what the batch changes of it. */
export interface Directory {
  find(kind: IdentifierKind, value: string): IdentifierRow[];
  /** All rows of a contact; throws `RowsMissing` unless they were loaded. */
  rowsOf(contactId: number): IdentifierRow[];
  externalIdOf(contactId: number): string | undefined;
  /** How many values of a kind a contact has. */
  count(contactId: number, kind: IdentifierKind): number;
  /** Knows a contact that was minted in this batch: it has no rows but those put here. */
  addMinted(contactId: number): void;
  put(row: IdentifierRow): void;
  remove(row: IdentifierRow): void;
  changes(): { removed: IdentifierRow[]; upserted: IdentifierRow[] };
}

export function createDirectory({
  rows,
  loadedContacts,
}: {
  rows: IdentifierRow[];
  loadedContacts: Iterable<number>;
}): Directory {
  const loaded = new Set(loadedContacts);
  const original = new Map(rows.map((row) => [keyOf(row), row]));
  const current = new Map(original);
  const byValue = new Map<string, Set<string>>();
  const byContact = new Map<number, Set<string>>();
  for (const row of current.values()) index(row);

  function index(row: IdentifierRow): void {
    setOf(byValue, `${row.kind}\0${row.value}`).add(keyOf(row));
    setOf(byContact, row.contactId).add(keyOf(row));
  }

  function pick(keys: Set<string> | undefined): IdentifierRow[] {
    return [...(keys ?? [])].map((key) => current.get(key)!);
  }

  const directory: Directory = {
    find: (kind, value) => pick(byValue.get(`${kind}\0${value}`)),
    rowsOf(contactId) {
      if (!loaded.has(contactId)) throw new RowsMissing([contactId]);
      return pick(byContact.get(contactId));
    },
    externalIdOf(contactId) {
      const known = pick(byContact.get(contactId)).find(isExternalId);
      return known ? known.value : directory.rowsOf(contactId).find(isExternalId)?.value;
    },
    count: (contactId, kind) =>
      directory.rowsOf(contactId).filter((row) => row.kind === kind).length,
    addMinted: (contactId) => void loaded.add(contactId),
    put(row) {
      current.set(keyOf(row), row);
      index(row);
    },
    remove(row) {
      current.delete(keyOf(row));
      byValue.get(`${row.kind}\0${row.value}`)?.delete(keyOf(row));
      byContact.get(row.contactId)?.delete(keyOf(row));
    },
    changes: () => ({
      removed: [...original].filter(([key]) => !current.has(key)).map(([, row]) => row),
      upserted: [...current]
        .filter(([key, row]) => original.get(key) !== row)
        .map(([, row]) => row),
    }),
  };
  return directory;
}

function isExternalId({ kind, retired }: IdentifierRow): boolean {
  return kind === 'external_id' && retired !== true;
}

/** What tells rows apart. */
export function keyOf(row: IdentifierRow): string {
  return `${row.kind}\0${row.value}\0${row.contactId}`;
}

function setOf<Key>(map: Map<Key, Set<string>>, key: Key): Set<string> {
  let set = map.get(key);
  if (!set) map.set(key, (set = new Set()));
  return set;
}
