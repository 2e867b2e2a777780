import { sayProblems } from './say-problems.ts';

/**
 * What stands in the way of a campaign, at the members that this API calls otherwise: `names` has them
 * by the names of the campaign's own, or by whole paths.
 */
export async function orRefuse<Outcome>(
  act: () => Promise<Outcome>,
  names: Record<string, string> = {},
): Promise<Outcome> {
  return sayProblems(act, {
    memberOf: (path) => memberOf(path, names),
    statusOf: ({ code }) => (code === 'conflict' ? 409 : 400),
  });
}

/** `/include/0` is `groups[0]`. */
function memberOf(path: string, names: Record<string, string>): string {
  const whole = names[path.slice(1)];
  if (whole !== undefined) return whole;
  const [, member = '', place] = path.split('/');
  const name = names[member] ?? member;
  return place !== undefined && /^\d+$/.test(place) ? `${name}[${place}]` : name;
}
