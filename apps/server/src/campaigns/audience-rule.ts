import type { Definition } from '@perennial/conditions';
import { fieldTypesOf, readCustomRules, type ContactQuestions } from '../contacts/index.ts';
import type { Db } from '../db/index.ts';
import type { SetQuestion } from '../evaluation/index.ts';

/** Members of any of the included segments, without those of any of the excluded. */
export function audienceRule({
  include,
  exclude,
}: {
  include: readonly number[];
  exclude: readonly number[];
}): Definition {
  const anyOf = (ids: readonly number[]) => ({
    any: ids.map((id) => ({ type: 'segment' as const, segment: String(id) })),
  });
  return {
    language: 1,
    include: anyOf(include),
    ...(exclude.length > 0 && { exclude: anyOf(exclude) }),
  };
}

/** The same as a question to everybody, with what time did to the segments that nobody wrote down yet. */
export async function audienceQuestion(
  db: Db,
  {
    campaign: { include, exclude },
    workspaceId,
    workspaceZone,
    questions,
    now,
  }: {
    campaign: { include: readonly number[]; exclude: readonly number[] };
    workspaceId: number;
    workspaceZone: string;
    questions: ContactQuestions;
    now: Date;
  },
): Promise<SetQuestion> {
  const segmentIds = [...new Set([...include, ...exclude])];
  return {
    rule: audienceRule({ include, exclude }),
    workspaceId,
    workspaceZone,
    now,
    fields: fieldTypesOf(await readCustomRules(db, { workspaceId })),
    questions: (await questions.settled?.(db, { workspaceId, segmentIds, now })) ?? questions,
  };
}
