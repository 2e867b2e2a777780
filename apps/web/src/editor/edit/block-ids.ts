/** What the language allows an ID of a block to be. */
const idPattern = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

export function isBlockId(text: string): boolean {
  return idPattern.test(text);
}

/** An ID that nobody has: the kind with a number, since IDs are read in paths such as `email_2.status`. */
export function freeId(type: string, taken: ReadonlySet<string>): string {
  const stem = isBlockId(type) ? type.slice(0, 32) : 'block';
  let n = 1;
  while (taken.has(`${stem}_${n}`)) n += 1;
  return `${stem}_${n}`;
}
