/** Longer numbers than this are sorted by their last digits. */
const DIGITS = 20;

/**
 * A text in SQL that sorts as people count: "List 2" before "List 10". All numbers in it get the same
 * length, by zeros put before each of which all but the last digits go again.
 */
export function inNaturalOrder(text: string): string {
  const zeros = '0'.repeat(DIGITS);
  const padded = `regexp_replace(${text}, '([0-9]+)', '${zeros}\\1', 'g')`;
  return `regexp_replace(${padded}, '[0-9]+([0-9]{${DIGITS}})', '\\1', 'g')`;
}
