/** Lists that old answers wrote as their element when there was just one. */
const LISTS = new Set([
  'failedContacts',
  'results',
  'addressBook',
  'fieldGroups',
  'fields',
  'tags',
]);

/**
 * An answer as clients of the old days read it: a named list of one is its element, and numbers and
 * booleans are texts.
 */
export function legacyAnswer(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((entry) => legacyAnswer(entry));
    return list.length === 1 && LISTS.has(name) ? list[0] : list;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, legacyAnswer(inner, member)]),
  );
}
