import type {
  Identifier,
  IdentifierKind,
  InboxItem,
  MergeItem,
  Stamped,
} from '../../inbox/index.ts';
import type { OrderFacts, OrderItem } from '../../inbox/index.ts';
import { tell, type Outcomes } from '../outcomes.ts';
import { createDirectory, RowsMissing, type Directory, type IdentifierRow } from './directory.ts';
import type { Arrived, DecidedMerge } from './queries.ts';
import { resolveItem, type Decision, type Found, type Minting } from './resolve-item.ts';
import {
  createOrderDirectory,
  orderIn,
  orderItemOf,
  type OrderDirectory,
} from './resolve-orders.ts';

/** What the database is asked for while a batch is resolved. */
export interface Lookups {
  find(values: Map<IdentifierKind, Set<string>>): Promise<IdentifierRow[]>;
  ofContacts(contactIds: number[]): Promise<IdentifierRow[]>;
  existing(contactIds: number[]): Promise<number[]>;
  mint(n: number): Promise<number[]>;
  orderOwners(externalOrderIds: string[]): Promise<Map<string, number>>;
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
  refused: Refused[];
  /** Orders that somebody has from now on. */
  orders: [externalOrderId: string, contactId: number][];
}

/** More IDs are needed than were minted ahead. */
class MintMore extends Error {}

/**
 * Finds or mints the contact of every item, in order of arrival. The rows that a batch needs show
 * only while it is resolved (a merge needs all rows of both), so it is begun again with more rows
 * until none is missing; each turn loads what the last one lacked.
 */
export async function resolveItems(
  lookups: Lookups,
  { workspaceId, arrived }: { workspaceId: number; arrived: Arrived[] },
): Promise<Resolution> {
  const owners = await loadOrderOwners(lookups, arrived);
  const rows = await loadByValue(lookups, arrived, owners);
  const loaded = new Set<number>();
  const minted: number[] = [];
  const doubt = inDoubt(arrived, rows);
  await load(doubt.contacts);
  minted.push(...(await lookups.mint(doubt.unknown)));
  for (;;) {
    const directory = createDirectory({ rows: [...rows.values()], loadedContacts: loaded });
    try {
      const orders = createOrderDirectory(owners);
      return resolveAll(directory, { workspaceId, arrived, minted, orders });
    } catch (problem) {
      if (problem instanceof MintMore) {
        minted.push(...(await lookups.mint(8)));
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
 * Which contacts' rows the batch will probably need, and how many contacts it will probably mint:
 * a guess that saves turns, never a promise.
 */
function inDoubt(
  arrived: Arrived[],
  rows: Map<string, IdentifierRow>,
): { contacts: number[]; unknown: number } {
  const byValue = new Map<string, number>();
  for (const row of rows.values()) byValue.set(`${row.kind}\0${row.value}`, row.contactId);
  const contacts = new Set<number>();
  const unknown = new Set<string>();
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
    if (!plain || item.kind === 'alias') for (const id of known) contacts.add(id);
  }
  return { contacts: [...contacts], unknown: unknown.size };
}

async function loadOrderOwners(lookups: Lookups, arrived: Arrived[]): Promise<Map<string, number>> {
  const ids = new Set(arrived.flatMap(({ item }) => orderIn(item)?.externalOrderId ?? []));
  return ids.size > 0 ? lookups.orderOwners([...ids]) : new Map();
}

async function loadByValue(
  lookups: Lookups,
  arrived: Arrived[],
  owners: ReadonlyMap<string, number>,
): Promise<Map<string, IdentifierRow>> {
  const values = new Map<IdentifierKind, Set<string>>();
  const mention = (kind: IdentifierKind, value: string): void => {
    const set = values.get(kind);
    if (set) set.add(value);
    else values.set(kind, new Set([value]));
  };
  for (const { item } of arrived) {
    for (const [kind, value] of mentioned(item)) mention(kind, value);
  }
  for (const contactId of owners.values()) mention('contact', String(contactId));
  const rows = new Map((await lookups.find(values)).map((row) => [keyOf(row), row]));
  const named = [...(values.get('contact') ?? [])].map(Number).filter(Number.isSafeInteger);
  if (named.length > 0) {
    for (const id of await lookups.existing(named)) {
      const row = rowOfContact(id);
      rows.set(keyOf(row), row);
    }
  }
  return rows;
}

/** All values by which an item may find somebody. */
function mentioned(item: InboxItem): Identifier[] {
  if (item.kind === 'identify') return item.gives ? [...item.ids, ...item.gives] : item.ids;
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

function resolveAll(
  directory: Directory,
  {
    workspaceId,
    arrived,
    minted,
    orders,
  }: { workspaceId: number; arrived: Arrived[]; minted: number[]; orders: OrderDirectory },
): Resolution {
  const resolution: Resolution = {
    stamped: [],
    removed: [],
    upserted: [],
    merges: [],
    outcomes: [],
    parts: [],
    refused: [],
    orders: [],
  };
  let used = 0;
  const mint = (): number => {
    const id = minted[used];
    if (id === undefined) throw new MintMore();
    used += 1;
    return id;
  };
  for (const entry of arrived) {
    if (entry.item.kind === 'suppression') stampSharers(directory, workspaceId, entry, resolution);
    else if (entry.item.kind === 'delivery')
      resolution.stamped.push(stamp(workspaceId, entry, entry.item.contactId));
    else if (entry.item.kind === 'order')
      stampOrder(directory, orders, { workspaceId, entry, mint, into: resolution });
    else {
      const decision = resolveItem(directory, entry.item, { mint });
      decide(decision, workspaceId, entry, resolution);
      stampToldOrder(directory, orders, { workspaceId, entry, decision, into: resolution });
    }
  }
  return { ...resolution, orders: orders.fresh(), ...directory.changes() };
}

/** An order goes to the contact that has it; a new one to whom its identifiers find. */
function stampOrder(
  directory: Directory,
  orders: OrderDirectory,
  {
    workspaceId,
    entry,
    mint,
    into,
  }: Minting & { workspaceId: number; entry: Arrived; into: Resolution },
): void {
  const { externalOrderId } = (entry.item as OrderItem).order;
  const owner = ownerNow(directory, orders, externalOrderId);
  if (owner !== undefined) {
    into.stamped.push(stamp(workspaceId, entry, owner));
    return;
  }
  const decision = resolveItem(directory, entry.item, { mint });
  decide(decision, workspaceId, entry, into);
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

function decide(decision: Decision, workspaceId: number, arrived: Arrived, into: Resolution): void {
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
    const item = mergeItem(arrived, merge);
    into.merges.push({ item, reason: arrived.item.kind });
    // Both halves share the item, which gets its number when the merge is written.
    for (const contactId of [merge.keepId, merge.dropId]) {
      into.stamped.push({ ...stamp(workspaceId, arrived, contactId), item });
    }
  }
  into.stamped.push(stampFound(workspaceId, arrived, decision));
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

function mergeItem(
  { item: { at, source } }: Arrived,
  { keepId, dropId }: { keepId: number; dropId: number },
): MergeItem {
  return { kind: 'merge', mergeId: 0, keepId, dropId, at, source };
}

function stampFound(workspaceId: number, arrived: Arrived, found: Found): Stamped {
  const stamped = stamp(workspaceId, arrived, found.contactId);
  if (found.minted) stamped.minted = true;
  if (found.externalId !== undefined) stamped.externalId = found.externalId;
  if (found.gained.length > 0) stamped.gained = found.gained;
  return stamped;
}

function stamp(
  workspaceId: number,
  { item, lane, receivedAt }: Arrived,
  contactId: number,
): Stamped {
  return { workspaceId, contactId, receivedAt, lane, item };
}

function keyOf(row: IdentifierRow): string {
  return `${row.kind}\0${row.value}\0${row.contactId}`;
}
