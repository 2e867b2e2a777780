import { isDeepStrictEqual } from 'node:util';

interface Changes<Shape> {
  before: Partial<Shape>;
  after: Partial<Shape>;
}

/** The members that differ, as they were and as they are; null when nothing changed. */
export function changesBetween<Shape extends object>(
  before: Shape,
  after: Shape,
): Changes<Shape> | null {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Shape>;
  const changes: Changes<Shape> = { before: {}, after: {} };
  for (const name of names) {
    if (isDeepStrictEqual(before[name], after[name])) continue;
    changes.before[name] = before[name];
    changes.after[name] = after[name];
  }
  return Object.keys(changes.after).length > 0 ? changes : null;
}
