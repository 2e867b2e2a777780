import { Problem } from '../../http/index.ts';
import { RestError } from './rest-error.ts';

/** What is wrong with the content of a message, at the members that this API calls otherwise. */
export async function orSayContent<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
  return act().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const said = error.errors?.map(({ path, message }) => `${memberOf(path)}: ${message}`);
    throw new RestError(400, (said ?? [error.message]).join('\n').slice(0, 4000));
  });
}

const MEMBERS: Record<string, string> = { html: 'htmlText', body: 'text', image: 'imageSource' };

/** `/content/en/html` is `htmlText`. */
function memberOf(path: string): string {
  const [, first = '', , member] = path.split('/');
  return member === undefined ? first : (MEMBERS[member] ?? member);
}
