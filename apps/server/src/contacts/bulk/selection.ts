import { ALL_RIGHTS, type contactSelectionSchema } from '@perennial/contracts';
import type { z } from 'zod';
import type { Db, Pool, Tx } from '../../db/index.ts';
import { notFound, Problem, type WorkspaceRef } from '../../http/index.ts';
import type { JsonObject, Json } from '../../inbox/index.ts';
import { readChanges } from '../../jobs/index.ts';
import type { Rights } from '../../users/index.ts';
import { choiceOf } from '../choose-by-query.ts';
import { chosen, type ContactChoice } from '../choose-contacts.ts';
import { countAll, countContacts } from '../count-contacts.ts';
import { checkFilter } from '../filter/check-filter.ts';
import type { ContactQuestions } from '../filter/contact-sources.ts';
import { filterContext } from '../filter/filter-context.ts';
import { filterSql } from '../filter/filter-sql.ts';

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
  const { choice, bounded } = await choiceOf(db, { workspace, rights, now, questions, wanted });
  if (bounded) {
    throw new Problem('too_much', {
      detail: 'This search matches more contacts than it looks at. Choose by a filter instead.',
    });
  }
  const { filter, deleted } = selection;
  const counted = await countContacts(db, choice);
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
    total: counted.exact ? Math.max(0, counted.total - except.length) : undefined,
  };
}

/** IDs are given in the order of creation, over all workspaces. */
export async function newestContact(db: Db): Promise<number> {
  const { rows } = await db.query<{ id: number | null }>(`select max(id) as id from contacts`);
  return rows[0]?.id ?? 0;
}

/** How far a job got in its selection; `after` is an ID, a place in the list or a slice. */
export interface Part {
  ids: number[];
  after: number;
}

export interface Going {
  workspaceId: number;
  questions: ContactQuestions;
  now: Date;
}

/** The contacts that come after; none when the selection is through. */
export async function nextContacts(
  tx: Tx,
  {
    selection,
    after,
    limit,
    ...going
  }: Going & { selection: Selection; after: number | undefined; limit: number },
): Promise<Part> {
  if ('ids' in selection) {
    const from = after ?? 0;
    return { ids: selection.ids.slice(from, from + limit), after: from + limit };
  }
  if ('changedBy' in selection) {
    const changes = await readChanges(tx, { jobId: selection.changedBy, after: after ?? -1 });
    return changes ? { ids: changes.contact_ids, after: changes.slice } : { ids: [], after: 0 };
  }
  const choice = await choiceWithin(tx, { selection, ...going });
  const { put, values, condition } = chosen(choice);
  const { rows } = await tx.query<{ id: number }>(
    `select id from contacts
      where ${condition} and id > ${put(after ?? 0)} and id <= ${put(selection.upTo)}
        and id <> all(${put(selection.except, 'bigint[]')})
      order by id
      limit ${put(limit)}`,
    values,
  );
  const ids = rows.map(({ id }) => id);
  return { ids, after: ids.at(-1) ?? selection.upTo };
}

/** How many they are, exactly. */
export async function countSelection(
  tx: Tx,
  { selection, ...going }: Going & { selection: Selection },
): Promise<number | undefined> {
  if ('ids' in selection || 'changedBy' in selection) return undefined;
  const choice = await choiceWithin(tx, { selection, ...going });
  const { except, upTo } = selection;
  const within = choice.where;
  return countAll(tx, {
    ...choice,
    where: (put, few) =>
      `(${within?.(put, few) ?? 'true'}) and id <= ${put(upTo)} and id <> all(${put(except, 'bigint[]')})`,
  });
}

async function choiceWithin(
  tx: Tx,
  {
    selection: { filter, identified, deleted, among, zone, currency },
    workspaceId,
    questions,
    now,
  }: Going & { selection: Extract<Selection, { upTo: number }> },
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
