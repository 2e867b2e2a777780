/** How many blocks the longest row has that leads through this one, or that it leads back to itself. */
export function longestChain(
  links: readonly { block_id: number; child_id: number }[],
  through: number,
): number | 'circle' {
  const down = Map.groupBy(links, ({ block_id }) => block_id);
  const up = Map.groupBy(links, ({ child_id }) => child_id);
  const below = lengthFrom(through, (id) => (down.get(id) ?? []).map(({ child_id }) => child_id));
  const above = lengthFrom(through, (id) => (up.get(id) ?? []).map(({ block_id }) => block_id));
  return below === undefined || above === undefined ? 'circle' : below + above - 1;
}

/** Undefined for a circle. Each block is walked once. */
function lengthFrom(start: number, next: (id: number) => number[]): number | undefined {
  const known = new Map<number, number>();
  const open = new Set<number>();
  const walk = (id: number): number | undefined => {
    const length = known.get(id);
    if (length !== undefined) return length;
    if (open.has(id)) return undefined;
    open.add(id);
    let longest = 0;
    for (const each of next(id)) {
      const rest = walk(each);
      if (rest === undefined) return undefined;
      longest = Math.max(longest, rest);
    }
    open.delete(id);
    known.set(id, longest + 1);
    return longest + 1;
  };
  return walk(start);
}
