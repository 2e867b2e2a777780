/** An AMP page as HTML that needs no script, and the elements of it that do more in a mail program. */
export interface StaticAmp {
  html: string;
  /** Names of elements, such as `amp-list`, each once and in the order in which they come. */
  living: readonly string[];
}

/**
 * An AMP page as it lies there before anybody has touched it and before anything was fetched. The
 * scripts that make AMP's elements come from Google, so what they do is said in HTML where that can
 * say it: pictures are pictures, accordions fold, slides stand side by side.
 */
export function staticAmp(amp: string): StaticAmp {
  const page = new DOMParser().parseFromString(amp, 'text/html');
  const living = livingNames(page);
  // The page's own style hides it until AMP's script has come.
  for (const each of page.querySelectorAll('script, style[amp4email-boilerplate], template')) {
    each.remove();
  }
  for (const [name, draw] of Object.entries(drawings)) {
    for (const element of page.querySelectorAll(name)) draw(element, page);
  }
  const style = page.createElement('style');
  style.textContent = STYLE;
  page.head.prepend(style);
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, living };
}

/** What each element of AMP becomes; others keep what stands in them. */
const drawings: Readonly<Record<string, (element: Element, page: Document) => void>> = {
  // Before pictures, of which one may be its placeholder.
  'amp-list': keepWaiting,
  'amp-img': drawPicture,
  'amp-anim': drawPicture,
  'amp-carousel': (element) => element.setAttribute('data-slides', ''),
  'amp-accordion > section': drawFold,
  // Not seen before somebody does something.
  'amp-sidebar, amp-lightbox, amp-image-lightbox, amp-state': (element) => element.remove(),
  '[submitting], [submit-success], [submit-error]': (element) => element.remove(),
};

/** What only looks, or is never seen; all other elements of AMP do something. */
const STILL = new Set([
  'amp-img',
  'amp-anim',
  'amp-fit-text',
  'amp-layout',
  'amp-state',
  // Drawn so that they can be tried here.
  'amp-accordion',
  'amp-carousel',
]);

function livingNames(page: Document): string[] {
  const names = [...page.body.querySelectorAll('*')].flatMap((element) => {
    const name = element.localName;
    const isAlive = name === 'form' || (name.startsWith('amp-') && !STILL.has(name));
    const isBound = element.getAttributeNames().some((attribute) => BINDING.test(attribute));
    return [...(isAlive ? [name] : []), ...(isBound ? ['amp-bind'] : [])];
  });
  return [...new Set(names)];
}

/** `[text]`, or `data-amp-bind-text`: an attribute that follows what readers do. */
const BINDING = /^(?:\[.+\]|data-amp-bind-.+)$/;

function drawPicture(element: Element, page: Document): void {
  const picture = page.createElement('img');
  for (const name of ['src', 'srcset', 'sizes', 'alt', 'class', 'id', 'style', 'width', 'height']) {
    const value = element.getAttribute(name);
    if (value !== null && value !== 'auto') picture.setAttribute(name, value);
  }
  picture.setAttribute('data-layout', element.getAttribute('layout') ?? 'fixed');
  element.replaceWith(picture);
}

/** A section has its heading and what it hides. */
function drawFold(section: Element, page: Document): void {
  const [heading, hidden] = section.children;
  if (!heading || !hidden) return;
  const fold = page.createElement('details');
  fold.toggleAttribute('open', section.hasAttribute('expanded'));
  const summary = page.createElement('summary');
  summary.append(heading);
  fold.append(summary, hidden);
  section.replaceWith(fold);
}

/** A list is fetched when the message is opened; until then its placeholder stands there. */
function keepWaiting(list: Element, page: Document): void {
  const placeholder = list.querySelector('[placeholder]');
  const stand = page.createElement('div');
  stand.setAttribute('data-fetched', list.getAttribute('src') ?? '');
  if (placeholder) stand.append(placeholder);
  list.replaceWith(stand);
}

/** The layouts of AMP, and what stands in for what is fetched. */
const STYLE = `
  img[data-layout="responsive"], img[data-layout="fill"] { width: 100%; height: auto; }
  img[data-layout="intrinsic"] { max-width: 100%; height: auto; }
  img[data-layout="nodisplay"] { display: none; }
  [data-slides] { display: flex; gap: 8px; overflow-x: auto; }
  [data-slides] > * { flex: none; max-width: 100%; }
  [data-fetched] { display: block; padding: 12px; border: 1px dashed #9aa5a0; color: #5b6660; font: 12px/16px sans-serif; overflow-wrap: anywhere; }
  [data-fetched]::after { content: "↻ " attr(data-fetched); }
  summary { padding: 8px 12px; border: 1px solid #dfdfdf; background: #efefef; }
  summary > * { display: inline; }
`;
