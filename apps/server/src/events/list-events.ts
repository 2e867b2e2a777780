import { DAY_MS } from '@perennial/conditions';
import type { Db } from '../db/index.ts';
import type { FactKey } from './event-id.ts';
import { FACT_FLAGS } from './fact.ts';
import { expectingTypes, listTypeIds } from './event-type-queries.ts';
import { reachBack } from './reach-back.ts';
import {
  newestOfContact,
  newestOfTypes,
  readFacts,
  typesOfContact,
  type Bound,
  type FactRow,
} from './read-facts.ts';

export interface EventFilter {
  workspaceId: number;
  /** Keys of event types. */
  types?: string[] | undefined;
  /** Checked to be of the workspace; 0: events of nobody. */
  contactId?: number | undefined;
  /** The event's own key. Takes a contact or one type. */
  key?: string | undefined;
  /** Only those whose parameters were not as their type expects. */
  withErrors?: boolean | undefined;
  /** Epoch milliseconds, from included, to excluded. */
  from?: number | undefined;
  to?: number | undefined;
  after?: Bound | undefined;
  now: number;
  limit: number;
}

export interface History {
  rows: FactRow[];
  /** Where the next page begins; null at the end. */
  next: Bound | null;
}

/** A page of events, newest first. */
export async function listEvents(db: Db, filter: EventFilter): Promise<History> {
  const { workspaceId, limit } = filter;
  const { keys, next } = await findKeys(db, filter);
  const shown = keys.slice(0, limit);
  const last = shown.at(-1);
  const more = keys.length > limit && last ? { at: last.occurredAt, id: last.id } : next;
  return { rows: await readFacts(db, { workspaceId, keys: shown }), next: more };
}

interface FoundKeys {
  /** One more than fits the page, if there is more. */
  keys: FactKey[];
  /** Where the search stopped before it had found enough. */
  next: Bound | null;
}

async function findKeys(db: Db, filter: EventFilter): Promise<FoundKeys> {
  const { contactId, from = null } = filter;
  const typeIds = await typesFor(db, filter);
  const range = { before: beginOf(filter), from, limit: filter.limit + 1 };
  if (filter.key !== undefined || filter.withErrors) {
    return findByScan(db, { ...range, filter, typeIds });
  }
  if (contactId === undefined) {
    return { keys: await reachBack(db, { ...range, typeIds, now: filter.now }), next: null };
  }
  const own = await ownTypes(db, { contactId, typeIds });
  return { keys: await newestOfContact(db, { ...range, contactId, typeIds: own }), next: null };
}

/** Errors come of what a type expects: of all types, only those that expect anything are looked at. */
async function typesFor(
  db: Db,
  { workspaceId, types, withErrors, contactId }: EventFilter,
): Promise<number[]> {
  const isBroad = withErrors && types === undefined && contactId === undefined;
  const keys = isBroad ? await expectingTypes(db, { workspaceId }) : types;
  return listTypeIds(db, { workspaceId, keys });
}

/** Nothing lies in the future, but the clocks of two machines may differ. */
function beginOf({ after, to, now }: EventFilter): Bound {
  const start = { at: to ?? now + DAY_MS, id: 0 };
  if (!after) return start;
  return after.at < start.at ? after : start;
}

/** Of nobody there may be events of every type, and other workspaces' among them. */
async function ownTypes(
  db: Db,
  { contactId, typeIds }: { contactId: number; typeIds: number[] },
): Promise<number[]> {
  if (contactId === 0) return typeIds;
  const asked = new Set(typeIds);
  return (await typesOfContact(db, { contactId })).filter((id) => asked.has(id));
}

/** Looked at for one page: no index knows the keys and flags of events. */
const MOST_SCANNED = 20_000;

/** Goes through the facts and keeps those sought; may stop with fewer than asked for. */
async function findByScan(
  db: Db,
  {
    filter: { contactId, key, withErrors },
    typeIds,
    before,
    from,
  }: { filter: EventFilter; typeIds: number[]; before: Bound; from: number | null },
): Promise<FoundKeys> {
  const scan = { before, from, limit: MOST_SCANNED, whole: true };
  const seen =
    contactId === undefined
      ? await newestOfTypes(db, { ...scan, typeIds })
      : await newestOfContact(db, {
          ...scan,
          contactId,
          typeIds: await ownTypes(db, {
            contactId,
            typeIds,
          }),
        });
  const end = seen.length === MOST_SCANNED ? seen.at(-1) : undefined;
  return {
    keys: seen.filter(
      (fact) =>
        (key === undefined || fact.key === key) &&
        (!withErrors || (fact.flags & FACT_FLAGS.errors) !== 0),
    ),
    next: end ? { at: end.occurredAt, id: end.id } : null,
  };
}
