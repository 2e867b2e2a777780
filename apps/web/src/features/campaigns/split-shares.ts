import type { CampaignSplit } from '@perennial/contracts';

/** As the API writes it. */
export type Split = Omit<CampaignSplit, 'others'> & { others: (string | null)[] };

export const MOST_VARIANTS = 8;
const LETTERS = 'ABCDEFGH';

export function letterOf(variant: number): string {
  return LETTERS[variant] ?? String(variant + 1);
}

/** Whole percents that are together 100; the first ones take what does not divide. */
export function equalShares(n: number): number[] {
  const each = Math.floor(100 / n);
  return Array.from({ length: n }, (_, i) => each + (i < 100 - each * n ? 1 : 0));
}

export const newSplit: Split = { others: [null], shares: equalShares(2), test: null };

export function withVariant(split: Split): Split {
  return withOthers(split, [...split.others, null]);
}

/** Without one of the others; null when only the first is left. */
export function withoutVariant(split: Split, other: number): Split | null {
  const others = split.others.filter((_, i) => i !== other);
  return others.length === 0 ? null : withOthers(split, others);
}

function withOthers(split: Split, others: Split['others']): Split {
  return { ...split, others, shares: equalShares(others.length + 1) };
}
