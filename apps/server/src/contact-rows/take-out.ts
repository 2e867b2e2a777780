/** What a merge chose for one thing that both contacts may have had. */
export interface Choice<Value> {
  /** Null: the survivor had none. */
  kept: Value | null;
  dropped: Value;
  settled: Value;
}

/**
 * Takes one merge out of a line of merges into the same contact: the later ones choose again
 * without it, so their `kept` and `settled` change. Answers what stands today because of it, and
 * what would stand without it; where something else stands by now, it was written since and stays.
 */
export function takeOut<Value>(
  undone: Choice<Value>,
  later: Choice<Value>[],
  {
    settle,
    same,
  }: { settle: (kept: Value, dropped: Value) => Value; same: (a: Value, b: Value) => boolean },
): { from: Value; to: Value | null } {
  let from = undone.settled;
  let to = undone.kept;
  for (const choice of later) {
    if (choice.kept === null || !same(choice.kept, from)) break;
    from = choice.settled;
    choice.kept = to;
    choice.settled = to === null ? choice.dropped : settle(to, choice.dropped);
    to = choice.settled;
  }
  return { from, to };
}
