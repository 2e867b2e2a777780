import { escapeHtml } from './liquid.ts';
import { PATHS, recipientUrl, type LinkParts } from './recipient-url.ts';
import { findLinks, findTextLinks, replaceLinks, type FoundLink } from './tracked-links.ts';

/** Adds what belongs to this recipient: preview text, tracked links, the open pixel. */
export function finishHtml(
  html: string,
  {
    preheader,
    plainLinks = false,
    ...parts
  }: LinkParts & { preheader?: string; plainLinks?: boolean | undefined },
): string {
  const found = plainLinks ? [] : findLinks(html, { isOurs: isOursOf(parts) });
  const { tracked, links } = leadThrough(html, found, parts);
  const pixel = `<img src="${openUrl(parts, links)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0" />`;
  return beforeBodyEnd(withPreheader(tracked, preheader), pixel);
}

/** The same of the AMP page, which has its own element for pictures and takes no hidden text. */
export function finishAmp(
  amp: string,
  { plainLinks = false, ...parts }: LinkParts & { plainLinks?: boolean | undefined },
): string {
  const found = plainLinks ? [] : findLinks(amp, { isOurs: isOursOf(parts) });
  const { tracked, links } = leadThrough(amp, found, parts);
  const pixel = `<amp-img src="${openUrl(parts, links)}" width="1" height="1" layout="fixed" alt=""></amp-img>`;
  return beforeBodyEnd(tracked, pixel);
}

/** The text with its web links led through this program. */
export function finishText(text: string, parts: LinkParts): string {
  const found = findTextLinks(text, { isOurs: isOursOf(parts) });
  return leadThrough(text, found, parts).tracked;
}

function isOursOf({ publicUrl }: LinkParts): (url: string) => boolean {
  const home = `${publicUrl}/`;
  const isPage = (rest: string): boolean =>
    Object.values(PATHS).some((path) => rest.startsWith(`${path}/`));
  return (url) => url.startsWith(home) && isPage(url.slice(home.length));
}

/** Messages lead to one place from many links: equal ones are sealed once. */
function leadThrough(
  text: string,
  found: readonly FoundLink[],
  parts: LinkParts,
): { tracked: string; links: number } {
  const urls = new Set(found.map(({ url }) => url));
  const links = urls.size;
  const sealed = new Map(
    [...urls].map((url) => [url, recipientUrl('link', { ...parts, url, links })]),
  );
  return { tracked: replaceLinks(text, found, (url) => sealed.get(url)!), links };
}

function openUrl(parts: LinkParts, links: number): string {
  return `${recipientUrl('open', { ...parts, links })}.gif`;
}

/** What mail programs show beside the subject; hidden in the message itself. */
export function withPreheader(html: string, preheader: string | undefined): string {
  if (!preheader) return html;
  const hidden = `<div style="display:none;max-height:0;max-width:0;opacity:0;overflow:hidden">${escapeHtml(preheader)}</div>`;
  const body = /<body\b[^>]*>/i.exec(html);
  if (!body) return hidden + html;
  const at = body.index + body[0].length;
  return html.slice(0, at) + hidden + html.slice(at);
}

function beforeBodyEnd(html: string, addition: string): string {
  const at = html.toLowerCase().lastIndexOf('</body>');
  return at < 0 ? html + addition : html.slice(0, at) + addition + html.slice(at);
}
