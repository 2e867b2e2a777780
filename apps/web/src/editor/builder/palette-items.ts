import { BLOCK_GROUPS, blocks, type BlockGroup } from '@perennial/blocks';

export interface PaletteItem {
  type: string;
  label: string;
  group: BlockGroup;
  icon: string;
}

/** All kinds of block in the order of the palette, under the names that people read. */
export function paletteItems(labelOf: (type: string) => string): PaletteItem[] {
  const all = Object.values(blocks).map(({ type, group, icon }) => ({
    type,
    group,
    icon,
    label: labelOf(type),
  }));
  return BLOCK_GROUPS.flatMap((group) => all.filter((item) => item.group === group));
}

interface Named {
  /** What it is found by; the first is its name. */
  words: readonly string[];
}

/** Those that a search means, names that begin so first, then words that do, then the rest. */
export function found<Item extends Named>(items: readonly Item[], query: string): Item[] {
  const wanted = plain(query);
  if (wanted === '') return [...items];
  const ranked = items.map((item) => ({ item, rank: rankOf(item, wanted) }));
  return ranked
    .filter(({ rank }) => rank < NONE)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const NONE = 4;

function rankOf({ words: [name = '', ...others] }: Named, wanted: string): number {
  if (plain(name).startsWith(wanted)) return 0;
  if (beginsWord(name, wanted)) return 1;
  if (others.some((text) => beginsWord(text, wanted))) return 2;
  return [name, ...others].some((text) => plain(text).includes(wanted)) ? 3 : NONE;
}

function beginsWord(text: string, wanted: string): boolean {
  return plain(text)
    .split(/[\s_-]+/)
    .some((word) => word.startsWith(wanted));
}

/** Without case, accents and hyphens: "email" finds "e-mail". */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLocaleLowerCase()
    .replaceAll(/[\u0300-\u036f-]/g, '')
    .trim();
}
