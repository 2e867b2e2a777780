import type { RenderingFailureGroup } from '@perennial/contracts';
import type { TemplateProblem } from '../../messages/index.ts';

/** Contacts that fail for one reason in one place. */
export type FailureGroup = RenderingFailureGroup;

export interface Failure extends TemplateProblem {
  contactId: number;
  messageId: number;
  language: string;
}

/** Reasons that name what they are about have many forms; those beyond these are counted as one. */
const MOST_GROUPS = 100;
const MOST_EXAMPLES = 5;

/** Adds failures to groups; answers the number of the group of each. Changes neither. */
export function groupFailures(
  known: readonly FailureGroup[],
  failures: readonly Failure[],
): { groups: FailureGroup[]; numbers: number[] } {
  const groups = known.map((group) => ({ ...group, examples: [...group.examples] }));
  const places = new Map(groups.map((group, n) => [keyOf(group), n]));
  const numbers = failures.map((failure) => {
    const group = newGroup(failure, groups.length);
    let n = places.get(keyOf(group));
    if (n === undefined && groups.length >= MOST_GROUPS - 1) n = lastGroup(groups, failure);
    if (n === undefined) {
      n = groups.push(group) - 1;
      places.set(keyOf(group), n);
    }
    const found = groups[n]!;
    found.n += 1;
    if (found.examples.length < MOST_EXAMPLES) found.examples.push(String(failure.contactId));
    return n;
  });
  return { groups, numbers };
}

function newGroup(
  { messageId, language, path, line, excerpt, message }: Failure,
  place: number,
): FailureGroup {
  return {
    message_id: String(messageId),
    language,
    path,
    line: line ?? null,
    excerpt: excerpt ?? null,
    message: message.slice(0, 500),
    n: 0,
    examples: [],
    place,
  };
}

function keyOf({ message_id: id, language, path, line, message }: FailureGroup): string {
  return JSON.stringify([id, language, path, line, message]);
}

const OTHERS = 'Other reasons: see the file.';

function lastGroup(groups: FailureGroup[], failure: Failure): number {
  if (groups.length < MOST_GROUPS) {
    groups.push({
      ...newGroup(failure, groups.length),
      path: '',
      line: null,
      excerpt: null,
      language: '',
      message: OTHERS,
    });
  }
  return MOST_GROUPS - 1;
}
