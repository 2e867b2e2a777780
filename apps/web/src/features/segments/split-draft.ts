import type { SplitOrder } from '@perennial/contracts';

/** One of the new lists while it is typed; `part` is a share in percent or a size, empty: the rest. */
export interface PartDraft {
  name: string;
  part: number | '';
}

export type SplitBy = SplitOrder['by'];

export const MOST_PARTS = 20;

/** So many parts as equal as they can be written, their names numbered. */
export function evenParts(
  n: number,
  { by, size, nameOf }: { by: SplitBy; size: number; nameOf: (n: number) => string },
): PartDraft[] {
  const whole = by === 'share' ? 10_000 : size;
  const each = Math.floor(whole / n);
  return Array.from({ length: n }, (_, i) => {
    const isLast = i === n - 1;
    const part = isLast ? whole - each * (n - 1) : each;
    const shown = by === 'share' ? part / 100 : isLast ? '' : part;
    return { name: nameOf(i + 1), part: shown };
  });
}

/** How many members each part gets; undefined for what is not typed yet. */
export function membersOf(
  parts: readonly PartDraft[],
  { by, size }: { by: SplitBy; size: number },
): (number | undefined)[] {
  if (by === 'share') {
    return byShare(parts, size);
  }
  const rest = size - sumOf(parts);
  return parts.map(({ part }) => (part === '' ? Math.max(0, rest) : part));
}

/** As the server deals them: who lost most by rounding down gets the ones that are left. */
function byShare(parts: readonly PartDraft[], size: number): (number | undefined)[] {
  const wanted = parts.map(({ part }) => (part === '' ? undefined : (size * part) / 100));
  const members = wanted.map((want) => want && Math.floor(want + 1e-9));
  const whole = Math.round(wanted.reduce<number>((sum, want) => sum + (want ?? 0), 0));
  const left = whole - members.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const order = wanted
    .map((want, i) => [(want ?? 0) - (members[i] ?? 0), i] as const)
    .toSorted(([a, i], [b, j]) => b - a || i - j);
  for (const [, i] of order.slice(0, left)) members[i]! += 1;
  return members;
}

export type SplitProblem = 'name' | 'part' | 'shares' | 'rest' | 'tooMany' | 'tooFew';

/** What keeps it from being split so, if anything does. */
export function problemOf(
  parts: readonly PartDraft[],
  { by, size }: { by: SplitBy; size: number },
): SplitProblem | undefined {
  const names = new Set(parts.map(({ name }) => name.trim().toLowerCase()));
  if (names.has('') || names.size < parts.length) return 'name';
  const sum = sumOf(parts);
  if (by === 'share') {
    if (parts.some(({ part }) => part === '' || part <= 0)) return 'part';
    return Math.abs(sum - 100) > 0.001 ? 'shares' : undefined;
  }
  const open = parts.filter(({ part }) => part === '').length;
  if (parts.some(({ part }) => part !== '' && part < 1)) return 'part';
  if (open > 1) return 'rest';
  if (sum > size) return 'tooMany';
  return open === 0 && sum < size ? 'tooFew' : undefined;
}

export function orderOf(parts: readonly PartDraft[], by: SplitBy): SplitOrder {
  const named = parts.map(({ name, part }) => ({ name: name.trim(), part }));
  return by === 'share'
    ? { by, lists: named.map(({ name, part }) => ({ name, share: Number(part) })) }
    : { by, lists: named.map(({ name, part }) => ({ name, size: part === '' ? null : part })) };
}

export function sumOf(parts: readonly PartDraft[]): number {
  return Number(parts.reduce((sum, { part }) => sum + Number(part), 0).toFixed(2));
}
