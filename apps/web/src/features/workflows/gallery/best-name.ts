/** Of the names that there are, the one that something is mostly called; undefined where none is. */
export function bestName(usual: readonly string[], known: readonly string[]): string | undefined {
  const byWord = new Map(known.map((name) => [bare(name), name]));
  return usual.map((name) => byWord.get(bare(name))).find((name) => name !== undefined);
}

/** `Order Completed`, `order_completed` and `orderCompleted` are the same name. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
