import type { Identifier, IdentifierKind, InboxItem, Stamped } from '../../inbox/index.ts';
import type { OrderFacts, OrderItem } from '../../inbox/index.ts';
import { tell, type Outcomes } from '../outcomes.ts';
import { decideJoin, decidePart, type PartDecision } from './decide-by-hand.ts';
import type { Decision, Found, JoinedPair } from './decision.ts';
import { createDirectory, RowsMissing, type Directory, type IdentifierRow } from './directory.ts';
import { indexFields, indexValue, type IndexedRules } from './index-fields.ts';
import { DEFAULT_RULES, type IdentityRules } from './identity-rules.ts';
import type { JoinedIdentifiers } from './join-identifiers.ts';
import type { DecidedMerge } from './merge-queries.ts';
import type { KnownMerge } from './part-identifiers.ts';
import type { Arrived } from './queries.ts';
import { resolveItem, skipsDeleted } from './resolve-item.ts';
import {
  createOrderDirectory,
  orderIn,
  orderItemOf,
  type OrderDirectory,
} from './resolve-orders.ts';

import { stamp, stampErasure, stampFound } from './stamp.ts';

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

export interface Refused {
  arrived: Arrived;
  code: string;
  message: string;
}

export interface Resolution extends Outcomes {
  stamped: Stamped[];
  removed: IdentifierRow[];
  upserted: IdentifierRow[];
  merges: DecidedMerge[];
  parted: { mergeId: number; keepId: number; by: string }[];
  /** Merges that chose again because one before them was undone. */
  rechosen: { mergeId: number; keepId: number; identifiers: JoinedIdentifiers }[];
  refused: Refused[];
  /** Orders that somebody has from now on. */
  orders: [externalOrderId: string, contactId: number][];
}

/** More IDs are needed than were minted ahead. */
class MintMore extends Error {
  readonly what: 'contacts' | 'merges';
  constructor(what: 'contacts' | 'merges') {
    super(`more IDs of ${what} are needed`);
    this.what = what;
  }
}

function partedIn(arrived: Arrived[]): number[] {
  return arrived.flatMap(({ item }) => (item.kind === 'part' ? [item.mergeId] : []));
}

/**
 * Finds or mints the contact of every item, in order of arrival. The rows that a batch needs show
 * only while it is resolved (a merge needs all rows of both), so it is begun again with more rows
 * until none is missing; each turn loads what the last one lacked.
 */
export async function resolveItems(
  lookups: Lookups,
  {
    workspaceId,
    arrived,
    rules = DEFAULT_RULES,
    indexed = new Map(),
  }: {
    workspaceId: number;
    arrived: Arrived[];
    rules?: IdentityRules;
    indexed?: IndexedRules;
  },
): Promise<Resolution> {
  const owners = await loadOrderOwners(lookups, arrived);
  const merges = await lookups.mergesAround(partedIn(arrived));
  const rows = await loadByValue(lookups, arrived, [
    ...owners.values(),
    ...merges.map(({ dropId }) => dropId),
  ]);
  const deleted = await deletedAmong(lookups, { arrived, rows });
  const loaded = new Set<number>();
  const doubt = inDoubt(arrived, rows, indexed);
  await load(doubt.contacts);
  const minted = await lookups.mint(doubt.unknown);
  const mergeIds = await lookups.mintMerges(doubt.merges);
  for (;;) {
    const directory = createDirectory({ rows: [...rows.values()], loadedContacts: loaded });
    // Undoing changes what later merges chose, so each turn begins with what is stored.
    const known = structuredClone(merges);
    try {
      const orders = createOrderDirectory(owners);
      const turn = {
        workspaceId,
        arrived,
        minted,
        mergeIds,
        known,
        rules,
        orders,
        indexed,
        deleted,
      };
      return resolveAll(directory, turn);
    } catch (problem) {
      if (problem instanceof MintMore) {
        minted.push(...(await lookups.mint(problem.what === 'contacts' ? 8 : 0)));
        mergeIds.push(...(await lookups.mintMerges(problem.what === 'merges' ? 8 : 0)));
      } else if (problem instanceof RowsMissing) {
        await load(problem.contactIds);
      } else throw problem;
    }
  }

  async function load(contactIds: number[]): Promise<void> {
    if (contactIds.length === 0) return;
    for (const row of await lookups.ofContacts(contactIds)) rows.set(keyOf(row), row);
    for (const id of contactIds) loaded.add(id);
  }
}

/**
 * Which contacts' rows the batch will probably need, and how many contacts and merges it will
 * probably make: a guess that saves turns, never a promise.
 */
function inDoubt(
  arrived: Arrived[],
  rows: Map<string, IdentifierRow>,
  indexed: IndexedRules,
): { contacts: number[]; unknown: number; merges: number } {
  const byValue = new Map<string, number>();
  for (const row of rows.values()) byValue.set(`${row.kind}\0${row.value}`, row.contactId);
  const contacts = new Set<number>();
  const unknown = new Set<string>();
  let merges = 0;
  for (const { item } of arrived) {
    if (item.kind === 'suppression' || item.kind === 'delivery') continue;
    const found = item.ids.map(([kind, value]) => byValue.get(`${kind}\0${value}`));
    const known = found.filter((id) => id !== undefined);
    if (known.length === 0 && item.ids[0]) unknown.add(item.ids[0].join('\0'));
    const plain =
      known.length === found.length &&
      new Set(known).size === 1 &&
      !('gives' in item) &&
      !item.ids.some(([kind]) => kind === 'email' || kind === 'phone');
    if (item.kind === 'join' || new Set(known).size > 1) merges += 1;
    if (!plain || item.kind === 'alias' || mentionsIndexed(item, indexed))
      for (const id of known) contacts.add(id);
  }
  return { contacts: [...contacts], unknown: unknown.size, merges };
}

function mentionsIndexed(item: InboxItem, indexed: IndexedRules): boolean {
  if (item.kind === 'index') return true;
  if (item.kind !== 'identify' && item.kind !== 'event') return false;
  for (const field of indexed.keys()) {
    if (item.fields && Object.hasOwn(item.fields, field)) return true;
  }
  return false;
}

async function loadOrderOwners(lookups: Lookups, arrived: Arrived[]): Promise<Map<string, number>> {
  const ids = new Set(arrived.flatMap(({ item }) => orderIn(item)?.externalOrderId ?? []));
  return ids.size > 0 ? lookups.orderOwners([...ids]) : new Map();
}

async function loadByValue(
  lookups: Lookups,
  arrived: Arrived[],
  contactIds: number[],
): Promise<Map<string, IdentifierRow>> {
  const values = new Map<IdentifierKind, Set<string>>();
  const wanted = [
    ...arrived.flatMap(({ item }) => mentioned(item)),
    ...contactIds.map((id): Identifier => ['contact', String(id)]),
  ];
  for (const [kind, value] of wanted) {
    const set = values.get(kind);
    if (set) set.add(value);
    else values.set(kind, new Set([value]));
  }
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

/** All values by which an item may find somebody. */
function mentioned(item: InboxItem): Identifier[] {
  if (item.kind === 'identify') return item.gives ? [...item.ids, ...item.gives] : item.ids;
  if (item.kind === 'join') return [...item.ids, ['contact', String(item.other)]];
  if (item.kind !== 'alias') return item.ids;
  return [...item.ids, item.previous, ['external_id', item.previous[1]]];
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

interface Turn {
  workspaceId: number;
  arrived: Arrived[];
  minted: number[];
  mergeIds: number[];
  /** Merges in force. */
  known: KnownMerge[];
  rules: IdentityRules;
  orders: OrderDirectory;
  indexed: IndexedRules;
  /** As they were before the batch. */
  deleted: number[];
}

function resolveAll(directory: Directory, turn: Turn): Resolution {
  const { workspaceId, arrived, minted, known, rules, orders } = turn;
  const resolution: Resolution = {
    stamped: [],
    removed: [],
    upserted: [],
    merges: [],
    parted: [],
    rechosen: [],
    outcomes: [],
    parts: [],
    refused: [],
    orders: [],
  };
  const mint = from(minted, 'contacts');
  const mintMerge = from(turn.mergeIds, 'merges');
  const deleted = new Set(turn.deleted);
  const resolveNew = ({ item, receivedAt: arrivedAt }: Arrived): Decision =>
    resolveItem(directory, item, { mint, rules, deleted, arrivedAt });
  const deciding: Deciding = { into: resolution, known, mintMerge };
  const around = { workspaceId, into: resolution, deciding };
  for (const entry of arrived) {
    const { item } = entry;
    if (item.kind === 'erase')
      resolution.stamped.push(stampErasure(directory, workspaceId, { ...entry, item }));
    else if (item.kind === 'index') indexValue(directory, { item, indexed: turn.indexed });
    else if (item.kind === 'suppression') stampSharers(directory, workspaceId, entry, resolution);
    else if (item.kind === 'delivery')
      resolution.stamped.push(stamp(workspaceId, entry, item.contactId));
    else if (item.kind === 'part')
      part(decidePart(directory, item, { known }), workspaceId, entry, { into: resolution, known });
    else if (item.kind === 'order') stampOrder(directory, orders, { entry, resolveNew, ...around });
    else {
      const decision =
        item.kind === 'join' ? decideJoin(directory, item, { rules }) : resolveNew(entry);
      decide(decision, workspaceId, entry, deciding);
      noteDeletion(deleted, item, decision);
      keepIndexed(directory, { decision, entry, indexed: turn.indexed, into: resolution });
      stampToldOrder(directory, orders, { entry, decision, ...around });
    }
  }
  return { ...resolution, orders: orders.fresh(), ...directory.changes() };
}

/** Who is deleted, and who comes back, for the items behind this one. */
function noteDeletion(deleted: Set<number>, item: InboxItem, decision: Decision): void {
  if (decision.kind !== 'found') return;
  if (item.kind === 'delete') deleted.add(decision.contactId);
  if (item.kind === 'identify' && item.restore !== false) deleted.delete(decision.contactId);
}

/** The identifiers that an item's fields are; says so on the stamped item. */
function keepIndexed(
  directory: Directory,
  {
    decision,
    entry: { item },
    indexed,
    into,
  }: { decision: Decision; entry: Arrived; indexed: IndexedRules; into: Resolution },
): void {
  if (decision.kind !== 'found') return;
  const { contactId } = decision;
  if (indexFields(directory, { item, contactId, indexed })) into.stamped.at(-1)!.indexed = true;
}

/** An order goes to the contact that has it; a new one to whom its identifiers find. */
function stampOrder(
  directory: Directory,
  orders: OrderDirectory,
  {
    workspaceId,
    entry,
    resolveNew,
    deciding,
  }: {
    workspaceId: number;
    entry: Arrived;
    resolveNew: (entry: Arrived) => Decision;
    deciding: Deciding;
  },
): void {
  const { externalOrderId } = (entry.item as OrderItem).order;
  const owner = ownerNow(directory, orders, externalOrderId);
  if (owner !== undefined) {
    deciding.into.stamped.push(stamp(workspaceId, entry, owner));
    return;
  }
  const decision = resolveNew(entry);
  decide(decision, workspaceId, entry, deciding);
  if (decision.kind === 'found') orders.own(externalOrderId, decision.contactId);
}

/** Some events are orders, too: of the contact of the event, unless somebody has them. */
function stampToldOrder(
  directory: Directory,
  orders: OrderDirectory,
  {
    workspaceId,
    entry,
    decision,
    into,
  }: { workspaceId: number; entry: Arrived; decision: Decision; into: Resolution },
): void {
  const facts = orderIn(entry.item);
  if (!facts) return;
  const owner = ownerNow(directory, orders, facts.externalOrderId);
  const contactId = owner ?? (decision.kind === 'found' ? decision.contactId : undefined);
  if (contactId === undefined || (owner === undefined && !isWhole(facts))) return;
  if (owner === undefined) orders.own(facts.externalOrderId, contactId);
  into.stamped.push({
    ...stamp(workspaceId, entry, contactId),
    item: orderItemOf(entry.item, facts),
  });
}

function isWhole({ mustExist, status, total }: OrderFacts): boolean {
  return !mustExist && status !== undefined && total !== undefined;
}

/** The first contact that had it, or whom that one became. */
function ownerNow(
  directory: Directory,
  orders: OrderDirectory,
  externalOrderId: string,
): number | undefined {
  const first = orders.ownerOf(externalOrderId);
  if (first === undefined) return undefined;
  return directory.find('contact', String(first))[0]?.contactId ?? first;
}

interface Deciding {
  into: Resolution;
  known: KnownMerge[];
  mintMerge: () => number;
}

/** Hands out IDs that were minted ahead. */
function from(ids: number[], what: MintMore['what']): () => number {
  let used = 0;
  return () => {
    const id = ids[used];
    if (id === undefined) throw new MintMore(what);
    used += 1;
    return id;
  };
}

function decide(
  decision: Decision,
  workspaceId: number,
  arrived: Arrived,
  { into, known, mintMerge }: Deciding,
): void {
  if (decision.kind === 'refused') return refuse(decision, arrived, into);
  if (decision.kind === 'nobody') {
    into.stamped.push(stamp(workspaceId, arrived, 0));
    return;
  }
  for (const loss of decision.losses) {
    into.stamped.push({
      ...stamp(workspaceId, arrived, loss.contactId),
      item: { kind: 'loss', lost: loss.lost, at: arrived.item.at, source: arrived.item.source },
    });
  }
  for (const merge of decision.merges) {
    const decided = decidedMerge(arrived, merge, mintMerge());
    into.merges.push(decided);
    known.push({ ...decided.item, identifiers: merge.identifiers });
    for (const contactId of [merge.keepId, merge.dropId]) {
      into.stamped.push({ ...stamp(workspaceId, arrived, contactId), item: decided.item });
    }
  }
  if (isRepeatIn(into, arrived.item, decision)) return;
  into.stamped.push(stampFound(workspaceId, arrived, decision));
}

/**
 * Whether the same event went to one of these contacts earlier in the batch: the queues of several
 * contacts have no order among the rows of one batch, and none that could tell it later.
 */
function isRepeatIn({ stamped }: Resolution, item: InboxItem, { elsewhere }: Found): boolean {
  if (elsewhere === undefined || item.kind !== 'event') return false;
  return stamped.some(
    ({ contactId, item: other }) =>
      other.kind === 'event' &&
      other.messageId === item.messageId &&
      other.event === item.event &&
      elsewhere.includes(contactId),
  );
}

function decidedMerge(
  { item }: Arrived,
  { keepId, dropId, by, identifiers }: JoinedPair,
  mergeId: number,
): DecidedMerge {
  const { at, source } = item;
  return {
    item: { kind: 'merge', mergeId, keepId, dropId, at, source },
    identifiers,
    ...(item.kind === 'join'
      ? { reason: 'by_hand', decidedBy: item.by, why: { source } }
      : { reason: item.kind, decidedBy: null, why: { source, identifier: by, ...eventOf(item) } }),
  };
}

function eventOf(item: InboxItem): { event?: string } {
  return item.kind === 'event' ? { event: item.event } : {};
}

function part(
  decision: PartDecision,
  workspaceId: number,
  arrived: Arrived,
  { into, known }: { into: Resolution; known: KnownMerge[] },
): void {
  if (decision.kind === 'refused') return refuse(decision, arrived, into);
  const { item, later } = decision;
  known.splice(
    known.findIndex(({ mergeId }) => mergeId === item.mergeId),
    1,
  );
  into.parted.push(item);
  const stored = later.filter(
    ({ mergeId }) => !into.merges.some((m) => m.item.mergeId === mergeId),
  );
  into.rechosen.push(...stored);
  for (const contactId of [item.keepId, item.dropId]) {
    into.stamped.push({ ...stamp(workspaceId, arrived, contactId), item });
  }
  into.stamped.push(stamp(workspaceId, arrived, item.keepId));
}

function refuse(
  { code, message }: { code: string; message: string },
  arrived: Arrived,
  into: Resolution,
): void {
  if (!tell(arrived.item, { ok: false, code, message }, into))
    into.refused.push({ arrived, code, message });
}

/** An address may belong to several contacts: the fact is one of each of them. */
function stampSharers(
  directory: Directory,
  workspaceId: number,
  arrived: Arrived,
  into: Resolution,
): void {
  const contacts = new Set(
    arrived.item.ids.flatMap(([kind, value]) =>
      directory.find(kind, value).map((row) => row.contactId),
    ),
  );
  for (const contactId of contacts) into.stamped.push(stamp(workspaceId, arrived, contactId));
  if (contacts.size === 0) tell(arrived.item, { ok: true, contactId: 0, minted: false }, into);
}

function keyOf(row: IdentifierRow): string {
  return `${row.kind}\0${row.value}\0${row.contactId}`;
}
