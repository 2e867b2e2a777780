const MOST_KEY = 63;

/** The key of an object made of its name: lower-case letters, digits and hyphens. */
export function slugOf(name: string, otherwise = 'list'): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MOST_KEY - 6)
    .replace(/-+$/, '');
  return words || otherwise;
}

/** This key, or with a number behind it one that is not among `taken`, which it joins. */
export function freeSlug(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let n = 2; taken.has(key); n += 1) key = `${wanted}-${n}`;
  taken.add(key);
  return key;
}
