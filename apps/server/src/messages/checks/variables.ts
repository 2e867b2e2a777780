import type { VariablePath } from '../rendering/liquid.ts';
import type { CheckSubject, Found, MessageCheck } from './check.ts';

const MEMBERS: Record<string, readonly string[] | 'any'> = {
  event: 'any',
  run: 'any',
  data: 'any',
  message: ['id', 'key', 'name', 'channel', 'language'],
  workspace: ['name', 'slug', 'time_zone'],
  unsubscribe_url: [],
  preferences_url: [],
  view_url: [],
  confirm_url: [],
};

const MOST_FOUND = 20;

/** Names that mean nothing write nothing, and nobody is told: here they are. */
export const variables: MessageCheck = {
  key: 'variables',
  find({ reads, contactFields }) {
    const found = new Map<string, Found>();
    for (const { path, variables: paths } of reads) {
      for (const variable of paths) {
        // Looking for what was meant takes its time.
        if (found.size >= MOST_FOUND) return [...found.values()];
        const name = variable.join('.');
        const words = found.has(name) ? undefined : wordsAbout(variable, contactFields);
        if (words) found.set(name, { severity: 'warning', path, ...words, piece: name });
      }
    }
    return [...found.values()];
  },
};

function wordsAbout(
  variable: VariablePath,
  fields: CheckSubject['contactFields'],
): Pick<Found, 'message' | 'advice'> | undefined {
  const [root = '', ...rest] = variable;
  if (root === 'contact') return aboutContact(rest, fields);
  const members = Object.hasOwn(MEMBERS, root) ? MEMBERS[root]! : undefined;
  if (members === undefined) {
    return {
      message: `Nothing is called “${root}”, so {{ ${variable.join('.')} }} writes nothing.`,
      advice: suggestion(root, ['contact', ...Object.keys(MEMBERS)]),
    };
  }
  const [member] = rest;
  if (members === 'any' || member === undefined || members.includes(member)) return undefined;
  return {
    message: `“${root}” has no “${member}”, so it writes nothing.`,
    advice: suggestion(member, members),
  };
}

function aboutContact(
  rest: string[],
  fields: CheckSubject['contactFields'],
): Pick<Found, 'message' | 'advice'> | undefined {
  const field = rest.join('.');
  // A group (`contact.address`), or a member of a value that is a list or an object.
  const isKnown = [...fields].some(
    (each) => each === field || each.startsWith(`${field}.`) || field.startsWith(`${each}.`),
  );
  if (rest.length === 0 || field === 'custom' || isKnown) return undefined;
  return {
    message: `Contacts have no field “${field}”, so {{ contact.${field} }} writes nothing.`,
    advice: suggestion(field, [...fields]),
  };
}

function suggestion(wrong: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: distanceBetween(wrong, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  if (nearest) return `Did you mean “${nearest.name}”?`;
  return 'Correct the name, or create the field in Settings → Fields.';
}

const MOST_COMPARED = 60;

/** Levenshtein; names are short. */
function distanceBetween(a: string, b: string): number {
  if (a.length > MOST_COMPARED || b.length > MOST_COMPARED) return MOST_COMPARED;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
