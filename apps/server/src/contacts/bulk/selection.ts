import { ALL_RIGHTS, type contactSelectionSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Pool, Tx } from '../../db/index.ts';
import { notFound, Problem, type WorkspaceRef } from '../../http/index.ts';
import type { JsonObject, Json } from '../../inbox/index.ts';
import {
  inLongStatement,
  keepContacts,
  nextPiece,
  readChanges,
  type Piece,
  type Slice,
  type Work,
} from '../../jobs/index.ts';
import type { Rights } from '../../users/index.ts';
import { asKept } from '../as-kept.ts';
import { choiceOf } from '../choose-by-query.ts';
import { chosen, type ContactChoice } from '../choose-contacts.ts';
import { countContacts } from '../count-contacts.ts';
import { checkFilter } from '../filter/check-filter.ts';
import { withoutKept, type ContactQuestions } from '../filter/contact-sources.ts';
import { filterContext } from '../filter/filter-context.ts';
import { filterSql } from '../filter/filter-sql.ts';
import type { KeptTypes } from '../filter/statement.ts';

/** Which contacts a job goes through, as it is kept with the job. */
export type Selection =
  | { ids: number[] }
  /** Those that another job changed: to take it back. */
  | { changedBy: number }
  | {
      filter?: Json;
      identified: boolean;
      deleted: boolean;
      among?: number[];
      except: number[];
      zone: string;
      /** Jobs of earlier releases have none: amounts of all currencies are added then. */
      currency?: string;
      /** Contacts made later are none of them. */
      upTo: number;
    };

/** All that a list shows. */
type Filtered = Extract<Selection, { upTo: number }>;

/** Checks what somebody chose; throws what is wrong with it. */
export async function readSelection(
  db: Pool,
  {
    selection,
    workspace,
    rights,
    now,
    questions,
  }: {
    selection: z.output<typeof contactSelectionSchema>;
    workspace: WorkspaceRef;
    rights: Rights;
    now: Date;
    questions: ContactQuestions;
  },
): Promise<{ selection: Selection; total: number | undefined }> {
  if ('contacts' in selection) {
    const ids = await ofWorkspace(db, { ids: selection.contacts, workspaceId: workspace.id });
    if (ids.length === 0) throw notFound('contact');
    return { selection: { ids }, total: ids.length };
  }
  const wanted = { ...selection, place: 'body' as const };
  const asked = { workspace, rights, now, questions, wanted };
  const { choice, counted } = await asKept(db, asked, async (kept) => {
    const { choice, bounded } = await choiceOf(db, { ...asked, kept });
    if (bounded) {
      throw new Problem('too_much', {
        detail: 'This search matches more contacts than it looks at. Choose by a filter instead.',
      });
    }
    return { choice, counted: await countContacts(db, choice) };
  });
  const { filter, deleted } = selection;
  const except = selection.except ?? [];
  return {
    selection: {
      ...(filter !== undefined && { filter }),
      identified: choice.identified,
      deleted,
      ...(choice.among && { among: choice.among }),
      except,
      zone: workspace.timeZone,
      currency: workspace.currency,
      upTo: await newestContact(db),
    },
    total: counted?.exact ? Math.max(0, counted.total - except.length) : undefined,
  };
}

/** IDs are given in the order of creation, over all workspaces. */
export async function newestContact(db: Db): Promise<number> {
  const { rows } = await db.query<{ id: number | null }>(`select max(id) as id from contacts`);
  return rows[0]?.id ?? 0;
}

/** How far a job got in its selection. */
export interface Place {
  /** A place in the list, or a slice of the job that is taken back. */
  after?: number;
  /** Of those that a filter found, the piece that comes next; none was looked for without it. */
  piece?: number;
}

export interface Part {
  ids: number[];
  /** Where the next part begins. */
  place: Place;
}

interface Going {
  workspaceId: number;
  questions: ContactQuestions;
  now: Date;
}

/** Whether the contacts have yet to be looked for, which is a slice of its own: `findSlice`. */
export function isUnread(selection: Selection, { piece }: Place): selection is Filtered {
  return 'upTo' in selection && piece === undefined;
}

/** Longer than a list is let take: nobody waits for it, and it is not asked again. */
const PATIENCE_MS = 15 * 60_000;

/**
 * A slice that asks one snapshot for the contacts of a filter, so that a change of one cannot move others
 * between two slices, and keeps them in pieces of `size`.
 */
export async function findSlice(
  tx: Tx,
  {
    work: { id: jobId, workspaceId, cursor },
    selection,
    size,
    ...going
  }: Omit<Going, 'workspaceId'> & { work: Work; selection: Filtered; size: number },
): Promise<Slice> {
  // Of a job that began before its contacts were kept, some are done.
  const { after } = (cursor ?? {}) as Place;
  const asked = { selection, after, size, workspaceId, ...going };
  const pieces = await findPieces(tx, { jobId, ...asked });
  await keepContacts(tx, { jobId, pieces });
  const total = pieces.reduce((sum, { n }) => sum + n, 0);
  const isAll = cursor === null;
  return { cursor: { ...cursor, piece: 0 }, next: 'go on', ...(isAll && { total }) };
}

interface Finding extends Going {
  jobId: number;
  selection: Filtered;
  after: number | undefined;
  size: number;
}

async function findPieces(tx: Tx, finding: Finding): Promise<Piece[]> {
  const { workspaceId, questions } = finding;
  const { withKept = withoutKept } = questions;
  return withKept(tx, { workspaceId }, (kept) => findPiecesBy(tx, { ...finding, kept }));
}

async function findPiecesBy(
  tx: Tx,
  { jobId, selection, after, size, ...going }: Finding & { kept: KeptTypes },
): Promise<Piece[]> {
  const choice = await choiceWithin(tx, { selection, ...going });
  const { put, values, condition } = chosen(choice);
  // It passes through this program: the database reads in several processes only for a statement that
  // writes nothing.
  const statement = `select count(*)::integer as n, array_agg(id order by id)::text as contact_ids
       from (select id, (row_number() over (order by id) - 1) / ${put(size)} as piece
               from contacts
              where ${condition} and id > ${put(after ?? 0)} and id <= ${put(selection.upTo)}
                and id <> all(${put(selection.except, 'bigint[]')})) found
      group by piece
      order by piece`;
  await tx.query(`set local statement_timeout = ${PATIENCE_MS}; set local jit = off`);
  const { rows } = await inLongStatement(tx, { id: jobId }, () =>
    tx.query<Piece>(statement, values),
  );
  return rows;
}

/** The contacts that come next; none when the selection is through. */
export async function nextContacts(
  tx: Tx,
  {
    jobId,
    selection,
    place: { after, piece },
    limit,
  }: { jobId: number; selection: Selection; place: Place; limit: number },
): Promise<Part> {
  if ('ids' in selection) {
    const from = after ?? 0;
    return { ids: selection.ids.slice(from, from + limit), place: { after: from + limit } };
  }
  if ('changedBy' in selection) {
    const changes = await readChanges(tx, { jobId: selection.changedBy, after: after ?? -1 });
    return changes
      ? { ids: changes.contact_ids, place: { after: changes.slice } }
      : { ids: [], place: {} };
  }
  const found = await nextPiece(tx, { jobId, from: piece ?? 0 });
  return found
    ? { ids: found.contactIds, place: { piece: found.piece + 1 } }
    : { ids: [], place: { piece: piece ?? 0 } };
}

async function choiceWithin(
  tx: Tx,
  {
    selection: { filter, identified, deleted, among, zone, currency },
    workspaceId,
    questions,
    now,
    kept,
  }: Going & { selection: Filtered; kept: KeptTypes },
): Promise<ContactChoice> {
  const choice: ContactChoice = { workspaceId, identified, deleted, among };
  if (filter === undefined) return choice;
  // Who began the job was asked for the right; fields may have been archived since.
  const rights = new Set(ALL_RIGHTS);
  const checked = await checkFilter(tx, { workspaceId, filter, rights, place: 'body' });
  const context = await filterContext(tx, {
    node: checked.node,
    workspaceId,
    workspaceZone: zone,
    workspaceCurrency: currency,
    now,
    questions,
    kept,
  });
  return { ...choice, where: (put, among) => filterSql(checked, { ...context, put, among }) };
}

/** Those of the IDs that this workspace has. */
async function ofWorkspace(
  db: Db,
  { ids, workspaceId }: { ids: number[]; workspaceId: number },
): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `select id from contacts where id = any($1) and workspace_id = $2 order by id`,
    [ids, workspaceId],
  );
  return rows.map(({ id }) => id);
}

export function asInput(selection: Selection): JsonObject {
  return { ...selection };
}

export function asSelection(input: Json | undefined): Selection {
  return input as unknown as Selection;
}
