import type { BlockVariants } from '@perennial/contracts';

/** Colours of variants in the chart and the table; the rest share the last. */
const COLOURS = [
  'var(--p-accent)',
  'var(--p-info)',
  'var(--p-warning)',
  'var(--mantine-color-grape-6)',
  'var(--mantine-color-cyan-6)',
  'var(--mantine-color-pink-5)',
  'var(--mantine-color-lime-7)',
];
export const OTHERS_COLOUR = 'var(--p-neutral)';

interface ShareSeries {
  /** Null: all others together. */
  message: string | null;
  colour: string;
}

/** Which variants have a band of their own: those that were chosen most, as far as colours go. */
export function shareSeries({ days, variants }: BlockVariants): ShareSeries[] {
  const chosen = new Map<string, number>();
  for (const day of days) {
    for (const [message, n] of Object.entries(day.chosen)) {
      chosen.set(message, (chosen.get(message) ?? 0) + n);
    }
  }
  const known = new Set(variants.map(({ message }) => message));
  const own = [...chosen.keys()]
    .filter((message) => known.has(message))
    .toSorted((a, b) => chosen.get(b)! - chosen.get(a)! || Number(a) - Number(b))
    .slice(0, COLOURS.length);
  const series: ShareSeries[] = own.map((message, i) => ({ message, colour: COLOURS[i]! }));
  return chosen.size > own.length ? [...series, { message: null, colour: OTHERS_COLOUR }] : series;
}

/** Choices of a day by series. */
export function dayShares(
  day: BlockVariants['days'][number],
  series: readonly ShareSeries[],
): Record<string, number> {
  const named = new Set(series.map(({ message }) => message));
  const shares: Record<string, number> = {};
  for (const [message, n] of Object.entries(day.chosen)) {
    const name = named.has(message) ? message : 'others';
    shares[name] = (shares[name] ?? 0) + n;
  }
  return shares;
}
