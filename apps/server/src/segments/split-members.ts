/** How a list is split: by shares in percent, or by sizes, of which one may be the rest. */
export type Split =
  { by: 'share'; lists: { share: number }[] } | { by: 'size'; lists: { size: number | null }[] };

/** Percent that are typed, such as three times 33.33 and a bit. */
const TOLERANCE = 0.001;

/** Why nobody could be split so; `at` is the list that says it, if one does. */
export function whyNoSplit(split: Split, members: number): string | undefined {
  if (split.by === 'share') {
    const sum = split.lists.reduce((total, { share }) => total + share, 0);
    return Math.abs(sum - 100) > TOLERANCE
      ? `The shares are ${Number(sum.toFixed(2))} % together, not 100 %.`
      : undefined;
  }
  const sum = sizesOf(split.lists);
  const open = split.lists.filter(({ size }) => size === null).length;
  if (open > 1) return 'Only one of the lists can have the rest.';
  if (sum > members) return `The sizes are ${sum} together, and the list has ${members} members.`;
  return open === 0 && sum < members
    ? `The sizes are ${sum} together, and the list has ${members} members: leave one size open for the rest.`
    : undefined;
}

/** How many of so many members go into each list: all of them together. */
export function quotasOf(split: Split, members: number): number[] {
  if (split.by === 'share') return byShare(split.lists, members);
  const rest = Math.max(0, members - sizesOf(split.lists));
  return split.lists.map(({ size }) => size ?? rest);
}

/** Those who lost most by rounding down get the ones that are left. */
function byShare(lists: { share: number }[], members: number): number[] {
  const sum = lists.reduce((total, { share }) => total + share, 0);
  const wanted = lists.map(({ share }) => (members * share) / sum);
  const quotas = wanted.map(Math.floor);
  const left = members - quotas.reduce((total, quota) => total + quota, 0);
  const order = wanted.map((want, i) => [want - quotas[i]!, i] as const).toSorted(byLoss);
  for (const [, i] of order.slice(0, left)) quotas[i]! += 1;
  return quotas;
}

function byLoss(a: readonly [number, number], b: readonly [number, number]): number {
  return b[0] - a[0] || a[1] - b[1];
}

function sizesOf(lists: { size: number | null }[]): number {
  return lists.reduce((total, { size }) => total + (size ?? 0), 0);
}

/**
 * Into which list each of `n` members goes. `left` are the places left in each list: drawing from
 * them makes every partition into lists of these sizes equally likely, however the members come.
 */
export function dealOut(
  n: number,
  left: readonly number[],
  random: (below: number) => number,
): { into: number[]; left: number[] } {
  const places = [...left];
  const into = Array.from({ length: n }, () => {
    const list = drawPlace(places, random);
    if (places[list]! > 0) places[list]! -= 1;
    return list;
  });
  return { into, left: places };
}

/** More members than there were when they were counted go into the first list. */
function drawPlace(places: number[], random: (below: number) => number): number {
  const total = places.reduce((sum, place) => sum + place, 0);
  let drawn = total > 0 ? random(total) : 0;
  return Math.max(
    0,
    places.findIndex((place) => (drawn -= place) < 0),
  );
}
