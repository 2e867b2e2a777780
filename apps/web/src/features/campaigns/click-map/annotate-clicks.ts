/** A link of a report. */
export interface LinkClicks {
  url: string;
  clicks: number;
}

export interface Annotated {
  html: string;
  /** Clicks on links that this page does not show. */
  elsewhere: number;
}

/** Of everything in the page, over its own styles. */
const STYLE = `<style>
.p-clicks-link { position: relative !important; outline: 2px solid rgb(17 105 74 / var(--p-share)) !important; outline-offset: 3px !important; border-radius: 2px }
.p-clicks { all: initial; position: absolute; inset-block-end: calc(100% - 6px); inset-inline-start: calc(100% - 10px); z-index: 9; padding: 0 6px; border-radius: 9px; background: #11694a; color: #fff; font: 600 11px/18px system-ui, sans-serif; white-space: nowrap; box-shadow: 0 1px 3px rgb(0 0 0 / .3) }
.p-clicks[data-none] { background: #6b7280 }
</style>`;

/**
 * The page with the share of clicks at each of its links. Links that differ from reader to reader are
 * found by where they lead and what their parameters are called.
 */
export function annotateClicks(
  html: string,
  { links, say }: { links: readonly LinkClicks[]; say: (clicks: number, share: number) => string },
): Annotated {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const anchors = [...page.querySelectorAll<HTMLAnchorElement>('a[href], area[href]')].filter(
    (anchor) => anchor.dataset['track'] !== 'off' && isTracked(anchor.getAttribute('href') ?? ''),
  );
  const total = links.reduce((sum, { clicks }) => sum + clicks, 0);
  const clicksOf = clicksByAddress(
    anchors.map((anchor) => anchor.getAttribute('href')!),
    links,
  );
  const most = Math.max(1, ...clicksOf.values());
  for (const anchor of anchors) {
    if (anchor.tagName !== 'A') continue;
    const clicks = clicksOf.get(anchor.getAttribute('href')!) ?? 0;
    const badge = page.createElement('span');
    badge.className = 'p-clicks';
    badge.textContent = say(clicks, total > 0 ? clicks / total : 0);
    if (clicks === 0) badge.dataset['none'] = '';
    anchor.classList.add('p-clicks-link');
    anchor.style.setProperty('--p-share', String(0.2 + (0.8 * clicks) / most));
    anchor.append(badge);
  }
  page.head.insertAdjacentHTML('beforeend', STYLE);
  const shown = [...clicksOf.values()].reduce((sum, clicks) => sum + clicks, 0);
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, elsewhere: total - shown };
}

/** Pages of the recipient, such as the one to unsubscribe, lead nowhere else and are not counted. */
const OWN_PAGE = /\/(?:u|v|c|preferences)\/[\w-]{40,}$/;

export function isTracked(address: string): boolean {
  return /^https?:\/\/[^/]/i.test(address) && !OWN_PAGE.test(address);
}

/** How often each of these addresses was clicked. */
export function clicksByAddress(
  addresses: readonly string[],
  links: readonly LinkClicks[],
): Map<string, number> {
  const found = new Map([...new Set(addresses)].map((address) => [address, 0]));
  const shapes = new Map<string, string>();
  // Of several links of one shape nobody can tell which was meant: the first stands for them.
  for (const address of found.keys()) {
    const shape = shapeOf(address);
    if (!shapes.has(shape)) shapes.set(shape, address);
  }
  for (const { url, clicks } of links) {
    const address = found.has(url) ? url : shapes.get(shapeOf(url));
    if (address !== undefined) found.set(address, found.get(address)! + clicks);
  }
  return found;
}

/** Where a link leads, and what its parameters are called; what they say may be its reader's. */
function shapeOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  return `${url.origin}${url.pathname} ${[...new Set(url.searchParams.keys())].sort().join(' ')}`;
}
