import type { Pool } from '../db/index.ts';
import type { WorkspaceRef } from '../http/index.ts';
import { mayReadPersonal, type Rights } from '../users/index.ts';
import type { ContactChoice } from './choose-contacts.ts';
import { checkFilter } from './filter/check-filter.ts';
import { filterSql, type ContactQuestions } from './filter/filter-sql.ts';
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
}

export async function choiceOf(
  db: Pool,
  {
    workspace,
    rights,
    now,
    questions,
    wanted: { search, filter, identified, deleted, place },
  }: {
    workspace: WorkspaceRef;
    rights: Rights;
    now: Date;
    questions: ContactQuestions;
    wanted: Wanted;
  },
): Promise<Chosen> {
  const workspaceId = workspace.id;
  const choice: ContactChoice = { workspaceId, identified: identified === 'true', deleted };
  if (filter !== undefined) {
    const checked = await checkFilter(db, { workspaceId, filter, rights, place });
    const workspaceZone = workspace.timeZone;
    choice.where = (put) => filterSql(checked, { put, workspaceId, workspaceZone, now, questions });
    // What cannot be asked is told before the list is read.
    choice.where(() => '');
  }
  if (!search) return { choice, bounded: false };
  const parsed = parseSearch(search);
  const { ids, bounded } = await searchContacts(db, {
    workspaceId,
    search: mayReadPersonal(rights) ? parsed : withoutPersonal(parsed),
    deleted,
  });
  // Who looks for an anonymous contact by its ID means that one.
  return { choice: { ...choice, identified: false, among: ids }, bounded };
}
