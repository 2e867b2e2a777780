/** A row by its ID and when it was made. */
interface Dated {
  id: number;
  at: Date;
}

/**
 * The ID of about the first row that was made at `at` or later, of rows whose IDs grow with time: found
 * by halving, a row of the index a step.
 */
export async function idSince(
  at: Date,
  {
    first,
    last,
    next,
  }: {
    first: number;
    last: number;
    /** The row with this ID, or the next one. */
    next: (id: number) => Promise<Dated | undefined>;
  },
): Promise<number> {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await next(middle);
    if (found === undefined || found.at >= at) high = middle;
    else low = found.id + 1;
  }
  return low;
}
