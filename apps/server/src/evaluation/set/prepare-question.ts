import { zonesInUse } from '../../contacts/index.ts';
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
