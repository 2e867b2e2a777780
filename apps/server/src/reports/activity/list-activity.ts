import { DAY_MS } from '@perennial/conditions';
import { ACTIVITY_KINDS, type ActivityKind } from '@perennial/contracts';
import type { Db } from '../../db/index.ts';
import {
  newestOfContact,
  readFacts,
  typesOfContact,
  type Bound,
  type FactRow,
  type FoundFact,
} from '../../events/index.ts';
import { kindOfFact } from './kind-of-fact.ts';
import { newestSends, readTypeKeys, type SendLine } from './queries.ts';

/** At equal instants facts come first, then sends. */
const FACT = 0;
const SEND = 1;

/** The last line of a page: instant, fact or send, ID. */
export type Position = [at: number, what: number, id: number];

export interface ActivityFilter {
  workspaceId: number;
  contactId: number;
  kinds?: ActivityKind[] | undefined;
  /** Only what lies before this instant. */
  before?: Date | undefined;
  after?: Position | undefined;
  now: Date;
  limit: number;
}

export type Line = { kind: ActivityKind; fact: FactRow } | { kind: 'send'; send: SendLine };

export interface Lines {
  lines: Line[];
  next: Position | null;
}

type Found = { position: Position } & ({ fact: FoundFact } | { send: SendLine });

/**
 * A page of a contact's timeline. Facts and sends are two rows sorted alike: of each as many are
 * read as the page can hold, and the newest of both are shown.
 */
export async function listActivity(db: Db, filter: ActivityFilter): Promise<Lines> {
  const { workspaceId, limit, kinds = ACTIVITY_KINDS } = filter;
  const found = [...(await findFacts(db, filter)), ...(await findSends(db, filter))]
    .toSorted((a, b) => compare(a.position, b.position))
    .slice(0, limit + 1);
  const shown = found.slice(0, limit);
  const keys = shown.flatMap((line) => ('fact' in line ? [line.fact] : []));
  const facts = new Map(
    (await readFacts(db, { workspaceId, keys })).map((row) => [row.id, row] as const),
  );
  const lines = shown.flatMap((line): Line[] => {
    if ('send' in line) return [{ kind: 'send', send: line.send }];
    const fact = facts.get(line.fact.id);
    const kind = fact && kindOfFact(fact.type);
    return fact && kind && kinds.includes(kind) ? [{ kind, fact }] : [];
  });
  const more = found.length > limit;
  return { lines, next: more ? (shown.at(-1)?.position ?? null) : null };
}

function compare(a: Position, b: Position): number {
  return b[0] - a[0] || a[1] - b[1] || b[2] - a[2];
}

async function findFacts(db: Db, filter: ActivityFilter): Promise<Found[]> {
  const { workspaceId, contactId, kinds = ACTIVITY_KINDS, limit } = filter;
  if (kinds.every((kind) => kind === 'send')) return [];
  const ids = await typesOfContact(db, { contactId });
  const keys = await readTypeKeys(db, { workspaceId, ids });
  const typeIds = [...keys].flatMap(([id, key]) => {
    const kind = kindOfFact(key);
    return kind && kinds.includes(kind) ? [id] : [];
  });
  const before = boundOfFacts(filter);
  const facts = await newestOfContact(db, {
    contactId,
    typeIds,
    before,
    from: null,
    limit: limit + 1,
  });
  return facts.map((fact) => ({ fact, position: [fact.occurredAt, FACT, fact.id] }));
}

async function findSends(db: Db, filter: ActivityFilter): Promise<Found[]> {
  const { contactId, kinds = ACTIVITY_KINDS, limit } = filter;
  if (!kinds.includes('send')) return [];
  const sends = await newestSends(db, {
    contactId,
    before: boundOfSends(filter),
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
