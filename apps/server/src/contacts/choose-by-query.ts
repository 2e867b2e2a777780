import type { Pool } from '../db/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import type { ContactChoice } from './choose-contacts.ts';
import { findCandidates } from './field-index/find-candidates.ts';
import { fieldsToIndex, narrowingsOf, type NarrowContext } from './field-index/narrow-filter.ts';
import { readBuiltIndexes } from './field-index/queries.ts';
import { checkFilter, type CheckedFilter } from './filter/check-filter.ts';
import { fieldTypesOf } from './filter/condition-fields.ts';
import type { ContactQuestions } from './filter/contact-sources.ts';
import { filterContext } from './filter/filter-context.ts';
import { filterSql } from './filter/filter-sql.ts';
import type { KeptTypes } from './filter/statement.ts';
import { parseSearch, withoutPersonal } from './parse-search.ts';
import { searchContacts } from './search-contacts.ts';

/** Which contacts somebody wants to see. */
export interface Wanted {
  search?: string | undefined;
  /** Any JSON; checked here. */
  filter?: unknown;
  identified: 'true' | 'all';
  deleted: boolean;
  /** Where the filter stands in the request. */
  place: 'body' | 'query';
}

export interface Chosen {
  choice: ContactChoice;
  /** The search may match more than it looked at. */
  bounded: boolean;
  /** Fields of which an index would make the filter quick. */
  unindexed: string[];
}

export async function choiceOf(
  db: Pool,
  {
    workspace,
    rights,
    now,
    questions,
    kept,
    wanted: { search, filter, identified, deleted, place },
  }: {
    workspace: WorkspaceRef;
    rights: Rights;
    now: Date;
    questions: ContactQuestions;
    kept: KeptTypes;
    wanted: Wanted;
  },
): Promise<Chosen> {
  const workspaceId = workspace.id;
  const choice: ContactChoice = { workspaceId, identified: identified === 'true', deleted };
  let unindexed: string[] = [];
  if (filter !== undefined) {
    const checked = await checkFilter(db, { workspaceId, filter, rights, place });
    const context = await filterContext(db, {
      node: checked.node,
      workspaceId,
      workspaceZone: workspace.timeZone,
      workspaceCurrency: workspace.currency,
      now,
      questions,
      kept,
    });
    choice.where = (put, among) => filterSql(checked, { ...context, put, among });
    // What cannot be asked is told before the list is read.
    choice.where(() => '');
    // A search finds few by itself.
    if (!search) {
      const narrowed = await narrow(db, { workspace, now, checked });
      choice.candidates = narrowed.candidates;
      unindexed = narrowed.unindexed;
    }
  }
  if (!search) return { choice, bounded: false, unindexed };
  const parsed = parseSearch(search);
  const { ids, bounded } = await searchContacts(db, {
    workspaceId,
    search: mayReadPersonal(rights) ? parsed : withoutPersonal(parsed),
    deleted,
  });
  // Who looks for an anonymous contact by its ID means that one.
  return { choice: { ...choice, identified: false, among: ids }, bounded, unindexed };
}

/** What the indexes of fields know of a filter. */
async function narrow(
  db: Pool,
  {
    workspace: { id: workspaceId, timeZone: workspaceZone },
    now,
    checked: { node, rules },
  }: { workspace: WorkspaceRef; now: Date; checked: CheckedFilter },
): Promise<{ candidates: number[] | undefined; unindexed: string[] }> {
  const built = await readBuiltIndexes(db, { workspaceId });
  const context: NarrowContext = {
    workspaceId,
    workspaceZone,
    now,
    fields: fieldTypesOf(rules),
    isIndexed: (field) => built.has(field),
  };
  const narrowings = narrowingsOf(node, context);
  return {
    candidates: await findCandidates(db, { narrowings }),
    unindexed: [...new Set(fieldsToIndex(node, context))],
  };
}
