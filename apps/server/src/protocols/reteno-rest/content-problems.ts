import { sayProblems } from './say-problems.ts';

/**
 * What is wrong with the content of a message, at the members that this API calls otherwise: `names`
 * has them by the names of what is stored.
 */
export async function orSayContent<Outcome>(
  act: () => Promise<Outcome>,
  names: Record<string, string> = {},
): Promise<Outcome> {
  return sayProblems(act, { memberOf: (path) => memberOf(path, names) });
}

/** `/content/en/html` is `htmlText`. */
function memberOf(path: string, names: Record<string, string>): string {
  const [, first = '', , member] = path.split('/');
  return member === undefined ? first : (names[member] ?? member);
}
