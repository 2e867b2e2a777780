/** An opening tag of a link. Without `<` inside, so that broken HTML is read once, not again and again. */
const TAG = /<(?:a|area)\s[^<>]+>/gi;
const HREF = /(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/i;
const OFF = /\sdata-track\s*=\s*["']?off\b/i;

/**
 * Leads every web link of the page through `track`. Left as they are: other schemes (mail, phone,
 * apps), our own pages, and links marked `data-track="off"`.
 */
export function trackLinks(
  html: string,
  { track, isOurs }: { track: (url: string) => string; isOurs: (url: string) => boolean },
): string {
  return html.replace(TAG, (tag) => {
    if (OFF.test(tag)) return tag;
    return tag.replace(HREF, (whole, start: string, double?: string, single?: string) => {
      const url = decodeEntities(double ?? single ?? '').trim();
      return /^https?:\/\/[^/]/i.test(url) && !isOurs(url) ? `${start}"${track(url)}"` : whole;
    });
  });
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
