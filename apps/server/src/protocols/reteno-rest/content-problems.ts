import { Problem } from '../../http/index.ts';
import { RestError } from './rest-error.ts';

/**
 * What is wrong with the content of a message, at the members that this API calls otherwise: `names`
 * has them by the names of what is stored.
 */
export async function orSayContent<Outcome>(
  act: () => Promise<Outcome>,
  names: Record<string, string> = {},
): Promise<Outcome> {
  return act().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const said = error.errors?.map(({ path, message }) => `${memberOf(path, names)}: ${message}`);
    throw new RestError(400, (said ?? [error.message]).join('\n').slice(0, 4000));
  });
}

/** `/content/en/html` is `htmlText`. */
function memberOf(path: string, names: Record<string, string>): string {
  const [, first = '', , member] = path.split('/');
  return member === undefined ? first : (names[member] ?? member);
}
