import { Problem } from '../../http/index.ts';
import { RestError } from './rest-error.ts';

/** Enough to mend by, however much is wrong. */
const MOST_WORDS = 4000;

/** What is wrong with a request, in the words of this API: each finding with the member that it calls so. */
export async function sayProblems<Outcome>(
  act: () => Promise<Outcome>,
  {
    memberOf,
    statusOf = () => 400,
  }: {
    /** Of a path of ours. */
    memberOf: (path: string) => string;
    statusOf?: (problem: Problem) => number;
  },
): Promise<Outcome> {
  return act().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const said = error.errors?.map(({ path, message }) => `${memberOf(path)}: ${message}`);
    const words = (said ?? [error.message]).join('\n').slice(0, MOST_WORDS);
    throw new RestError(statusOf(error), words);
  });
}
