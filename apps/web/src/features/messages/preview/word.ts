/** A member of a content that is a text; others are none. */
export function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
