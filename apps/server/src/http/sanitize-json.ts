/**
 * A copy in which every string is storable: NUL, which PostgreSQL refuses, and lone surrogates,
 * which are no text, become U+FFFD. Members named `__proto__` are left out: assigned somewhere
 * later, they would change what an object is instead of what it holds.
 */
export function sanitizeJson(value: unknown): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.map(sanitizeJson);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__proto__')
      .map(([name, member]) => [sanitizeText(name), sanitizeJson(member)]),
  );
}

export function sanitizeText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
