/** As forms ask for them: what is read first, first; code last. */
const ORDER = [
  'subject',
  'preheader',
  'from',
  'reply_to',
  'title',
  'subtitle',
  'body',
  'text',
  'image',
  'icon',
  'link',
  'buttons',
];
const LAST = ['mjml', 'html', 'amp', 'raw_html', 'design'];

/** Members of a content, which the database keeps in an order of its own, in that of their form. */
export function inFormOrder(names: readonly string[]): string[] {
  return names.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf(name: string): number {
  const last = LAST.indexOf(name);
  if (last >= 0) return 1000 + last;
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}
