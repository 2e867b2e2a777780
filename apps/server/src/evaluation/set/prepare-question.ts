import { zonesInUse } from '../../contacts/index.ts';
import type { Db } from '../../db/index.ts';
import { readTypeIds } from '../../events/index.ts';
import type { SetQuestion } from './set-question.ts';

/** The question with what is looked up before it is written as SQL. */
export async function prepareQuestion(db: Db, question: SetQuestion): Promise<SetQuestion> {
  return {
    ...question,
    // Of a type that is known the planner knows how many events there are.
    typeIds: question.typeIds ?? (await readTypeIds(db, question)),
    zones: question.zones ?? (await zonesInUse(db, question)),
  };
}
