import type { Identifier, IdentifierKind, InboxItem } from '../../inbox/index.ts';
import { createDirectory, keyOf, type Directory, type IdentifierRow } from './directory.ts';
import type { IndexedRules } from './index-fields.ts';
import type { KnownMerge } from './part-identifiers.ts';
import type { Arrived } from './queries.ts';
import { skipsDeleted } from './resolve-item.ts';
import { orderIn } from './resolve-orders.ts';

/** What the database is asked for while a batch is resolved. */
export interface Lookups {
  find(values: Map<IdentifierKind, Set<string>>): Promise<IdentifierRow[]>;
  ofContacts(contactIds: number[]): Promise<IdentifierRow[]>;
  existing(contactIds: number[]): Promise<number[]>;
  /** Which of these are deleted. */
  deleted(contactIds: number[]): Promise<number[]>;
  mint(n: number): Promise<number[]>;
  orderOwners(externalOrderIds: string[]): Promise<Map<string, number>>;
  mintMerges(n: number): Promise<number[]>;
  /** These merges, and all in force that lead to their contacts. */
  mergesAround(mergeIds: number[]): Promise<KnownMerge[]>;
}

/** What is stored about those whom a batch is about, before it changes anything. */
export interface LoadedBatch {
  owners: Map<string, number>;
  /** Merges in force. */
  merges: KnownMerge[];
  /** Contacts that items find which leave deleted ones alone. */
  deleted: number[];
  /** How many contacts and merges it will probably make. */
  guess: { contacts: number; merges: number };
  /** What was loaded so far, as nothing had changed it yet. */
  directory(): Directory;
  /** Loads all rows of these contacts as well. */
  load(contactIds: number[]): Promise<void>;
}

/** Loads what the batch names, and all rows of the contacts that it will probably need. */
export async function loadBatch(
  lookups: Lookups,
  { arrived, indexed }: { arrived: Arrived[]; indexed: IndexedRules },
): Promise<LoadedBatch> {
  const owners = await loadOrderOwners(lookups, arrived);
  const merges = await lookups.mergesAround(partedIn(arrived));
  const rows = await loadByValue(lookups, arrived, [
    ...owners.values(),
    ...merges.map(({ dropId }) => dropId),
  ]);
  const deleted = await deletedAmong(lookups, { arrived, rows });
  const loaded = new Set<number>();
  const { inDoubt, guess } = foresee(arrived, rows, indexed);
  await load(inDoubt);
  return {
    owners,
    merges,
    deleted,
    guess,
    directory: () => createDirectory({ rows: [...rows.values()], loadedContacts: loaded }),
    load,
  };

  async function load(contactIds: number[]): Promise<void> {
    if (contactIds.length === 0) return;
    for (const row of await lookups.ofContacts(contactIds)) rows.set(keyOf(row), row);
    for (const id of contactIds) loaded.add(id);
  }
}

async function loadOrderOwners(lookups: Lookups, arrived: Arrived[]): Promise<Map<string, number>> {
  const ids = new Set(arrived.flatMap(({ item }) => orderIn(item)?.externalOrderId ?? []));
  return ids.size > 0 ? lookups.orderOwners([...ids]) : new Map();
}

function partedIn(arrived: Arrived[]): number[] {
  return arrived.flatMap(({ item }) => (item.kind === 'part' ? [item.mergeId] : []));
}

async function loadByValue(
  lookups: Lookups,
  arrived: Arrived[],
  contactIds: number[],
): Promise<Map<string, IdentifierRow>> {
  const values = byKind([
    ...arrived.flatMap(({ item }) => mentioned(item)),
    ...contactIds.map((id): Identifier => ['contact', String(id)]),
  ]);
  const rows = new Map((await lookups.find(values)).map((row) => [keyOf(row), row]));
  const named = [...(values.get('contact') ?? [])].map(Number).filter(Number.isSafeInteger);
  if (named.length > 0) {
    const led = new Set([...rows.values()].map(({ kind, value }) => `${kind} ${value}`));
    for (const id of await lookups.existing(named)) {
      const row = rowOfContact(id);
      // A merge that is decided and not applied yet leads on already.
      if (!led.has(`contact ${id}`)) rows.set(keyOf(row), row);
    }
  }
  return rows;
}

function byKind(identifiers: Identifier[]): Map<IdentifierKind, Set<string>> {
  const values = new Map<IdentifierKind, Set<string>>();
  for (const [kind, value] of identifiers) {
    const set = values.get(kind);
    if (set) set.add(value);
    else values.set(kind, new Set([value]));
  }
  return values;
}

/** All values by which an item may find somebody. */
function mentioned(item: InboxItem): Identifier[] {
  if (item.kind === 'identify') return item.gives ? [...item.ids, ...item.gives] : item.ids;
  if (item.kind === 'join') return [...item.ids, ['contact', String(item.other)]];
  if (item.kind !== 'alias') return item.ids;
  return [...item.ids, item.previous, ['external_id', item.previous[1]]];
}

/** A contact is found by its own ID without a row in `identifiers`. */
function rowOfContact(id: number): IdentifierRow {
  return {
    kind: 'contact',
    value: String(id),
    contactId: id,
    sourceContactId: null,
    setAt: 0,
    weak: false,
    source: 'system',
  };
}

/** Deleted contacts that items find which leave those alone. */
async function deletedAmong(
  lookups: Lookups,
  { arrived, rows }: { arrived: Arrived[]; rows: Map<string, IdentifierRow> },
): Promise<number[]> {
  const sought = new Set(
    arrived.flatMap(({ item }) =>
      skipsDeleted(item) ? item.ids.map(([kind, value]) => `${kind}\0${value}`) : [],
    ),
  );
  if (sought.size === 0) return [];
  const found = [...rows.values()].filter(({ kind, value }) => sought.has(`${kind}\0${value}`));
  return lookups.deleted([...new Set(found.map(({ contactId }) => contactId))]);
}

/**
 * Which contacts' rows the batch will probably need, and how many contacts and merges it will
 * probably make: a guess that saves turns, never a promise.
 */
function foresee(
  arrived: Arrived[],
  rows: Map<string, IdentifierRow>,
  indexed: IndexedRules,
): { inDoubt: number[]; guess: LoadedBatch['guess'] } {
  const byValue = new Map<string, number>();
  for (const row of rows.values()) byValue.set(`${row.kind}\0${row.value}`, row.contactId);
  const inDoubt = new Set<number>();
  const unknown = new Set<string>();
  let merges = 0;
  for (const { item } of arrived) {
    if (item.kind === 'suppression' || item.kind === 'delivery') continue;
    const found = item.ids.map(([kind, value]) => byValue.get(`${kind}\0${value}`));
    const known = found.filter((id) => id !== undefined);
    if (known.length === 0 && item.ids[0]) unknown.add(item.ids[0].join('\0'));
    if (item.kind === 'join' || new Set(known).size > 1) merges += 1;
    const plain = known.length === found.length && new Set(known).size === 1 && isPlain(item);
    if (!plain || mentionsIndexed(item, indexed)) for (const id of known) inDoubt.add(id);
  }
  return { inDoubt: [...inDoubt], guess: { contacts: unknown.size, merges } };
}

/** Changes nothing of what the contact is found by, if it finds just one. */
function isPlain(item: InboxItem): boolean {
  if (item.kind === 'alias' || 'gives' in item) return false;
  return !item.ids.some(([kind]) => kind === 'email' || kind === 'phone');
}

function mentionsIndexed(item: InboxItem, indexed: IndexedRules): boolean {
  if (item.kind === 'index') return true;
  if (item.kind !== 'identify' && item.kind !== 'event') return false;
  for (const field of indexed.keys()) {
    if (item.fields && Object.hasOwn(item.fields, field)) return true;
  }
  return false;
}
