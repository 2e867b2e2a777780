import type { Db } from '../../db/index.ts';
import type { KeptTypes } from '../../contacts/index.ts';
import { readKeptTypes, readTypeIds } from '../../events/index.ts';
import type { SetQuestion } from './set-question.ts';

/** The question with what is looked up before it is written as SQL. */
export type PreparedQuestion = SetQuestion & { kept: KeptTypes };

/**
 * Looks it up. `hold` keeps up what is read here until the transaction ends, where that has no
 * snapshot.
 */
export async function prepareQuestion(
  db: Db,
  question: SetQuestion,
  { hold = false }: { hold?: boolean } = {},
): Promise<PreparedQuestion> {
  const { workspaceId } = question;
  return {
    ...question,
    kept: question.kept ?? {
      whole: await readKeptTypes(db, { workspaceId, hold }),
      asked: new Set(),
    },
    // Of a type that is known the planner knows how many events there are.
    typeIds: question.typeIds ?? (await readTypeIds(db, question)),
    zones: question.zones ?? (await zonesInUse(db, question)),
  };
}

/**
 * The zones that contacts have, where a definition would otherwise be written out for every zone of
 * the world and every year: anniversaries in each contact's own zone. Undefined: all will do.
 */
async function zonesInUse(
  db: Db,
  { rule, workspaceId }: SetQuestion,
): Promise<string[] | undefined> {
  const text = JSON.stringify(rule);
  if (!text.includes('"anniversary"') || !text.includes('"contact"')) return undefined;
  const { rows } = await db.query<{ zone: string }>(
    `select distinct fields ->> 'time_zone' as zone from contacts
      where workspace_id = $1 and deleted_at is null and fields ? 'time_zone'`,
    [workspaceId],
  );
  return rows.map(({ zone }) => zone);
}
