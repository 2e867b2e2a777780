import { DAY_MS } from '@perennial/conditions';
import type { ActivityKind } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import {
  kindOfFact,
  newestOfContact,
  readFacts,
  typesOfContact,
  type Bound,
  type FactRow,
  type FoundFact,
} from '../../events/index.ts';
import {
  looksAtLines,
  wantsFact,
  wantsSend,
  wantsSends,
  wantsType,
  type ActivityFilter,
  type Position,
} from './activity-filter.ts';
import { newestSends, readStarters, readTypeKeys, type SendLine } from './queries.ts';

/** At equal instants facts come first, then sends. */
const FACT = 0;
const SEND = 1;

/** Read at once, and at most for a page, when each line must be looked at. */
const CHUNK = 500;
const MOST_LOOKED_AT = 2_000;

export type Line = { kind: ActivityKind; fact: FactRow } | { kind: 'send'; send: SendLine };
type Placed = Line & { position: Position };

export interface Lines {
  lines: Line[];
  next: Position | null;
  /** Where looking stopped with the page not full; null: it is full, or there is no more. */
  searchedTo: Date | null;
}

type Found = { position: Position } & ({ fact: FoundFact } | { send: SendLine });

/** What does not change from one part of a page to the next. */
interface Sources {
  typeIds: number[];
  /** Events that started the workflow asked for. */
  starters: ReadonlySet<string>;
}

/**
 * A page of a contact's timeline. Facts and sends are two rows sorted alike: of each as many are
 * read as the page can hold, and the newest of both are shown. Where no index holds what is asked
 * for, lines are looked at from the newest on, a bounded number for a page.
 */
export async function listActivity(db: Db, filter: ActivityFilter): Promise<Lines> {
  const sources = await sourcesOf(db, filter);
  const chunk = looksAtLines(filter) ? CHUNK : filter.limit;
  const shown: Placed[] = [];
  let after = filter.after;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += chunk) {
    const found = await findLines(db, { ...filter, after, limit: chunk }, sources);
    const taken = found.slice(0, chunk);
    for (const line of await readLines(db, filter, { found: taken, sources })) {
      if (shown.length === filter.limit) return page(shown, shown.at(-1)!.position);
      shown.push(line);
    }
    if (found.length <= chunk) return page(shown, null);
    after = taken.at(-1)!.position;
    if (shown.length === filter.limit) return page(shown, after);
  }
  return { ...page(shown, after ?? null), searchedTo: after ? new Date(after[0]) : null };
}

function page(shown: Placed[], next: Position | null): Lines {
  const lines = shown.map(({ position: _position, ...line }) => line);
  return { lines, next, searchedTo: null };
}

async function sourcesOf(db: Db, filter: ActivityFilter): Promise<Sources> {
  const { workspaceId, contactId, workflow } = filter;
  const ids = await typesOfContact(db, { contactId });
  const keys = await readTypeKeys(db, { workspaceId, ids });
  return {
    typeIds: [...keys].flatMap(([id, key]) => (wantsType(filter, key) ? [id] : [])),
    starters: new Set(
      workflow === undefined ? [] : await readStarters(db, { contactId, workflowId: workflow }),
    ),
  };
}

async function findLines(db: Db, filter: ActivityFilter, sources: Sources): Promise<Found[]> {
  return [...(await findFacts(db, filter, sources)), ...(await findSends(db, filter))]
    .toSorted((a, b) => compare(a.position, b.position))
    .slice(0, filter.limit + 1);
}

function compare(a: Position, b: Position): number {
  return b[0] - a[0] || a[1] - b[1] || b[2] - a[2];
}

async function readLines(
  db: Db,
  filter: ActivityFilter,
  { found, sources }: { found: Found[]; sources: Sources },
): Promise<Placed[]> {
  const keys = found.flatMap((line) => ('fact' in line ? [line.fact] : []));
  const rows = await readFacts(db, { workspaceId: filter.workspaceId, keys });
  const facts = new Map(rows.map((row) => [row.id, row] as const));
  return found.flatMap((line): Placed[] => {
    const { position } = line;
    if ('send' in line) {
      return wantsSend(filter, line.send) ? [{ kind: 'send', send: line.send, position }] : [];
    }
    const fact = facts.get(line.fact.id);
    const kind = fact && kindOfFact(fact.type);
    if (!kind || !wantsFact(filter, fact, sources.starters)) return [];
    return [{ kind, fact, position }];
  });
}

async function findFacts(db: Db, filter: ActivityFilter, { typeIds }: Sources): Promise<Found[]> {
  const { contactId, limit, from } = filter;
  if (typeIds.length === 0) return [];
  const facts = await newestOfContact(db, {
    contactId,
    typeIds,
    before: boundOfFacts(filter),
    from: from?.getTime() ?? null,
    limit: limit + 1,
  });
  return facts.map((fact) => ({ fact, position: [fact.occurredAt, FACT, fact.id] }));
}

async function findSends(db: Db, filter: ActivityFilter): Promise<Found[]> {
  const { contactId, limit, from } = filter;
  if (!wantsSends(filter)) return [];
  const sends = await newestSends(db, {
    contactId,
    before: boundOfSends(filter),
    from,
    limit: limit + 1,
  });
  return sends.map((send) => ({ send, position: [send.created_at.getTime(), SEND, send.id] }));
}

/** After a send, all facts of its instant were shown. */
function boundOfFacts(filter: ActivityFilter): Bound {
  if (!filter.after) return firstBound(filter);
  const [at, what, id] = filter.after;
  return { at, id: what === FACT ? id : 0 };
}

/** After a fact, no send of its instant was. */
function boundOfSends(filter: ActivityFilter): Bound {
  if (!filter.after) return firstBound(filter);
  const [at, what, id] = filter.after;
  return { at, id: what === SEND ? id : Number.MAX_SAFE_INTEGER };
}

/** Nothing lies in the future, but the clocks of two machines may differ. */
function firstBound({ before, now }: ActivityFilter): Bound {
  return { at: before?.getTime() ?? now.getTime() + DAY_MS, id: 0 };
}
