/** Longest name of a segment. */
export const LONGEST_NAME = 200;

/** What two equal names have in common: case, width and the number of spaces do not matter. */
export function nameKey(name: string): string {
  return cleanName(name).normalize('NFKC').toLowerCase();
}

/** A name as it is shown: without spaces around it, and one between words. */
export function cleanName(name: string): string {
  return name.trim().replaceAll(/\s+/gu, ' ');
}

export function isUsableName(name: string): boolean {
  const { length } = cleanName(name);
  return length > 0 && length <= LONGEST_NAME;
}
