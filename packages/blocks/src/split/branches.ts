/** Weights as a definition writes them. */
export type Weights = Readonly<Record<string, number>> | readonly number[];

export interface Branch {
  readonly exit: string;
  readonly weight: number;
}

/** Exits with their weights, in an order that does not depend on how the definition was stored. */
export function branchesOf(weights: Weights): Branch[] {
  if (isList(weights)) {
    return weights.map((weight, i) => ({ exit: String.fromCharCode(97 + i), weight }));
  }
  return Object.entries(weights)
    .map(([exit, weight]) => ({ exit, weight }))
    .sort((a, b) => (a.exit < b.exit ? -1 : 1));
}

function isList(weights: Weights): weights is readonly number[] {
  return Array.isArray(weights);
}

/** The branch in which a point of [0, 1) falls. */
export function branchAt(branches: readonly Branch[], point: number): Branch {
  const total = branches.reduce((sum, branch) => sum + branch.weight, 0);
  let left = point * total;
  for (const branch of branches) {
    if (left < branch.weight) return branch;
    left -= branch.weight;
  }
  throw new RangeError(`A split of weight ${total} has no branch at ${point}.`);
}
