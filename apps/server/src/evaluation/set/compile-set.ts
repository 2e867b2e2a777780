import { compileSet as compileRule, type SetSql } from '@perennial/conditions';
import { contactSources, knownZones, newStatement } from '../../contacts/index.ts';
import { idArray } from '../../db/index.ts';
import type { SetQuestion } from './set-question.ts';

/** A statement, ready to be run. */
export interface SetStatement {
  text: string;
  values: unknown[];
  /** `$event` paths that the event has no value for: nobody is a member then. */
  missing: readonly string[];
}

/**
 * What is wanted of the contacts that a definition holds for:
 *
 * - `members`: rows `(id)` in no order.
 * - `count`: one row `(count)`.
 * - `sample`: one row `(count, sample)`, with the IDs of the newest ten.
 * - `changes`: rows `(id, member, changes_at)` of all members, and of all others whom time alone
 *   may let in; until `changes_at` time alone does not change the answer, null is never.
 */
export type Wanted = 'members' | 'count' | 'sample' | 'changes';

/** Writes a definition as one statement over the contacts of its workspace. */
export function compileSet(question: SetQuestion, wanted: Wanted): SetStatement {
  const { rule, workspaceId, now, fields, questions, among } = question;
  const { put, values } = newStatement();
  const { typeIds, kept } = question;
  const asking = { put, workspaceId, now, typeIds, kept };
  const amongIds = among && put(idArray(among), 'bigint[]');
  const compiled = compileRule(rule, {
    sql: {
      put,
      now: now.getTime(),
      workspaceZone: question.workspaceZone,
      workspaceCurrency: question.workspaceCurrency,
      // Few rules ask for them, and to find all of the world takes a second.
      zones: () => question.zones ?? knownZones(),
      sources: contactSources({ fields, asking, questions }),
      among: amongIds,
    },
    fields,
    trigger: question.trigger,
    withChanges: wanted === 'changes',
  });
  const chosen = [
    `contacts.workspace_id = ${put(workspaceId)}`,
    'contacts.deleted_at is null',
    ...(amongIds === undefined ? [] : [`contacts.id = any(${amongIds})`]),
  ].join(' and ');
  return { text: written[wanted](compiled, chosen), values, missing: compiled.missing };
}

/** Indexes contacts_of_workspace, contacts_pkey; else a whole scan shared by several processes. */
const written: Record<Wanted, (compiled: SetSql, chosen: string) => string> = {
  members: (compiled, chosen) => membersSql(compiled, chosen),
  count: ({ joins, condition }, chosen) =>
    `select count(*) as count
  from contacts${joins}
 where ${chosen}
   and ${condition}`,
  sample: (compiled, chosen) =>
    `with members as materialized (
${membersSql(compiled, chosen)}
)
select (select count(*) from members) as count,
       array(select id from members order by id desc limit 10) as sample`,
  changes: ({ joins, condition, changesAt }, chosen) =>
    `select id, member, changes_at
  from (select contacts.id, coalesce(${condition}, false) as member, ${changesAt} as changes_at
          from contacts${joins}
         where ${chosen}) answers
 where member or changes_at is not null`,
};

function membersSql({ joins, condition }: SetSql, chosen: string): string {
  return `select contacts.id
  from contacts${joins}
 where ${chosen}
   and ${condition}`;
}
