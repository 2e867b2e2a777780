/** A header as its row is written; a value may be text, where it comes from, or a kept secret. */
export interface HeaderRow {
  name: string;
  value: unknown;
  isSecret: boolean;
}

/** The rows of what a definition says. */
export function headerRows(headers: unknown): HeaderRow[] {
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).map(([name, value]: [string, unknown]) => {
    const given = objectOf(value)['secret'];
    if (given !== undefined) return { name, value: given, isSecret: true };
    return { name, value, isSecret: '$secret' in objectOf(value) };
  });
}

/** What a definition says of them: rows without a name, and secrets without a text, are not finished. */
export function rowsToHeaders(rows: readonly HeaderRow[]): Record<string, unknown> | undefined {
  const finished = rows.filter(
    ({ name, value, isSecret }) => name.trim() !== '' && !(isSecret && value === ''),
  );
  if (finished.length === 0) return undefined;
  return Object.fromEntries(
    finished.map(({ name, value, isSecret }) => [
      name.trim(),
      isSecret && typeof value === 'string' ? { secret: value } : value,
    ]),
  );
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
