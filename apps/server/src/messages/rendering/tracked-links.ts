/** An opening tag of a link. Without `<` inside, so that broken HTML is read once, not again and again. */
const TAG = /<(?:a|area)\s[^<>]+>/gi;
const HREF = /(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/i;
const OFF = /\sdata-track\s*=\s*["']?off\b/i;

/** Where a link stands, of a page with its quotes, and where it leads. */
export interface FoundLink {
  from: number;
  to: number;
  url: string;
  /** What stands around it: quotes of an attribute, nothing in a text. */
  quote: '"' | '';
}

/**
 * Every web link of the page that is to be tracked. Left out: other schemes (mail, phone, apps), our own
 * pages, and links marked `data-track="off"`.
 */
export function findLinks(
  html: string,
  { isOurs }: { isOurs: (url: string) => boolean },
): FoundLink[] {
  return [...html.matchAll(TAG)].flatMap(({ 0: tag, index }): FoundLink[] => {
    const href = OFF.test(tag) ? null : HREF.exec(tag);
    if (!href) return [];
    const [whole, start, double, single] = href;
    const url = decodeEntities(double ?? single ?? '').trim();
    if (!/^https?:\/\/[^/]/i.test(url) || isOurs(url)) return [];
    const from = index + href.index;
    return [{ from: from + start!.length, to: from + whole.length, url, quote: '"' }];
  });
}

/** A web address in running text. */
const TEXT_URL = /https?:\/\/[^\s<>"'`„“”«»]+/gi;
/** What ends a sentence or a bracket around an address, rather than the address. */
const AFTER_URL = '.,;:!?…)]}»”’';

/** Every web link of a plain text, as phones find them. */
export function findTextLinks(
  text: string,
  { isOurs }: { isOurs: (url: string) => boolean },
): FoundLink[] {
  return [...text.matchAll(TEXT_URL)].flatMap(({ 0: whole, index }): FoundLink[] => {
    const url = withoutEnd(whole);
    if (!/^https?:\/\/[^/]/i.test(url) || isOurs(url)) return [];
    return [{ from: index, to: index + url.length, url, quote: '' }];
  });
}

/** `(see https://example.com/a_(b))`: a bracket that the address opens belongs to it. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && AFTER_URL.includes(text[end - 1]!)) end -= 1;
  const url = text.slice(0, end);
  const rest = text.slice(url.length);
  const isOpen = url.split('(').length > url.split(')').length;
  return isOpen && rest.startsWith(')') ? `${url})` : url;
}

/** The page or text with other addresses in their places. */
export function replaceLinks(
  html: string,
  links: readonly FoundLink[],
  addressOf: (url: string) => string,
): string {
  let at = 0;
  const pieces = links.map(({ from, to, url, quote }) => {
    const piece = `${html.slice(at, from)}${quote}${addressOf(url)}${quote}`;
    at = to;
    return piece;
  });
  return pieces.join('') + html.slice(at);
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** As far as they occur in addresses. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (...match) => {
    const [whole, decimal, hex, name] = match as [string, string?, string?, string?];
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The addresses of all links of a page that have one, as a mail program reads them. */
export function hrefsOf(html: string): string[] {
  return [...html.matchAll(TAG)].flatMap(([tag]) => {
    const [, , double, single] = HREF.exec(tag) ?? [];
    const href = double ?? single;
    return href === undefined ? [] : [decodeEntities(href).trim()];
  });
}
