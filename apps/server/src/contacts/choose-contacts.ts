import { newStatement, type Put, type Statement } from './filter/statement.ts';

/** Which contacts of a workspace. */
export interface ContactChoice {
  workspaceId: number;
  /** Only contacts with an external ID, e-mail or phone. */
  identified: boolean;
  /** The deleted ones instead of those that are there. */
  deleted?: boolean;
  /** Only these. */
  among?: number[] | undefined;
  /** Nobody but these can be meant, as indexes say now; it only makes things quick. */
  candidates?: number[] | undefined;
  /**
   * Only those for whom this expression over a row of `contacts` is true. It may be told an array
   * of the IDs of all who can be meant.
   */
  where?: ((put: Put, few?: string) => string) | undefined;
}

export const IDENTIFIED = '(external_id is not null or email is not null or phone is not null)';

/** A statement that begins with these contacts as its condition. */
export function chosen(choice: ContactChoice): Statement & { condition: string } {
  const statement = newStatement();
  return { ...statement, condition: conditionOf(choice, statement.put) };
}

/**
 * Written so that the planner sees which partial index will do: contacts_identified,
 * contacts_of_workspace, contacts_deleted.
 */
function conditionOf(choice: ContactChoice, put: Put): string {
  const { workspaceId, identified, deleted, among, candidates, where } = choice;
  const few = (ids: number[] | undefined): string[] => (ids ? [put(ids, 'bigint[]')] : []);
  const known = [...few(candidates), ...few(among)];
  return [
    `workspace_id = ${put(workspaceId)}`,
    deleted ? 'deleted_at is not null and merged_into is null' : 'deleted_at is null',
    ...(identified && !deleted ? [IDENTIFIED] : []),
    ...known.map((ids) => `id = any(${ids})`),
    ...(where ? [where(put, known[0])] : []),
  ].join('\n and ');
}
