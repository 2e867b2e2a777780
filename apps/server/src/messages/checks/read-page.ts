import { Parser } from 'htmlparser2';

/** What a mail program or browser finds in HTML; values hold their Liquid. */
export interface MarkupPage {
  links: PageLink[];
  images: PageImage[];
  /** Elements that programs drop, and what makes a script of an element: `script`, `onclick`. */
  active: { name: string; piece: string }[];
  /** Words a reader sees. */
  text: string;
}

export interface PageLink {
  /** Undefined: an `<a>` without one, which leads nowhere. */
  href: string | undefined;
  text: string;
  hasImage: boolean;
}

export interface PageImage {
  src: string | undefined;
  alt: string | undefined;
  width: string | undefined;
  inLink: boolean;
}

/** Whether Liquid supplies some of a value, which is then not known before it is rendered. */
export function isDynamic(value: string): boolean {
  return value.includes('{{') || value.includes('{%');
}

/** A page of this length has its size as its problem; the rest is not read. */
const MOST_READ = 500_000;
/** Thousands of equal findings help nobody. */
const MOST_ELEMENTS = 2_000;

const HIDDEN = new Set(['style', 'script', 'title', 'head', 'template', 'noscript']);
const ACTIVE = new Set(['script', 'iframe', 'object', 'embed', 'form', 'applet', 'base']);

/** Reads HTML with Liquid inside: each piece of Liquid counts as a word, wherever it stands. */
export function readPage(source: string): MarkupPage {
  const { masked, unmask } = maskLiquid(source.slice(0, MOST_READ));
  const page: MarkupPage = { links: [], images: [], active: [], text: '' };
  const words: string[] = [];
  let hidden = 0;
  let link: PageLink | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (HIDDEN.has(name)) hidden += 1;
      noteActive(page, name, attributes, unmask);
      if (name === 'a' || name === 'area') {
        link = { href: unmask(attributes['href']), text: '', hasImage: name === 'area' };
        if (page.links.length < MOST_ELEMENTS) page.links.push(link);
      }
      if (name === 'img' && page.images.length < MOST_ELEMENTS) {
        if (link) link.hasImage = true;
        page.images.push({
          src: unmask(attributes['src']),
          alt: unmask(attributes['alt']),
          width: attributes['width'] ?? widthOf(attributes['style']),
          inLink: link !== undefined,
        });
      }
    },
    ontext(text) {
      if (hidden > 0) return;
      const plain = unmask(text).replace(LIQUID_TAG, ' ').replace(LIQUID_OUTPUT, '…');
      words.push(plain);
      if (link) link.text += plain;
    },
    onclosetag(name) {
      if (HIDDEN.has(name)) hidden -= 1;
      if (name === 'a' || name === 'area') link = undefined;
      words.push(' ');
    },
  });
  parser.end(masked);
  page.text = words.join('').replace(/\s+/g, ' ').trim();
  return page;
}

function noteActive(
  page: MarkupPage,
  name: string,
  attributes: Record<string, string>,
  unmask: (text: string) => string,
): void {
  if (page.active.length >= MOST_ELEMENTS) return;
  if (ACTIVE.has(name)) page.active.push({ name, piece: `<${name}` });
  for (const [attribute, value] of Object.entries(attributes)) {
    if (/^on[a-z]+$/.test(attribute)) page.active.push({ name: attribute, piece: unmask(value) });
  }
}

function widthOf(style: string | undefined): string | undefined {
  return /(?:^|;)\s*(?:max-)?width\s*:\s*([^;]+)/i.exec(style ?? '')?.[1];
}

const LIQUID_TAG = /\{%[\s\S]*?%\}/g;
const LIQUID_OUTPUT = /\{\{[\s\S]*?\}\}/g;
/** Private use: no writer types them. */
const OPEN = '\u{e000}';
const CLOSE = '\u{e001}';
const MASK = /\u{e000}(\d+)\u{e001}/gu;

type Unmask = {
  (text: string): string;
  (text: string | undefined): string | undefined;
};

/** Puts Liquid aside: its quotes and brackets are not HTML's. */
function maskLiquid(source: string): { masked: string; unmask: Unmask } {
  const pieces: string[] = [];
  let masked = '';
  for (let at = 0; ;) {
    const start = nextLiquid(source, at);
    const close = start < 0 ? -1 : source.indexOf(source[start + 1] === '{' ? '}}' : '%}', start);
    if (close < 0) {
      masked += source.slice(at);
      break;
    }
    masked += source.slice(at, start) + OPEN + String(pieces.length) + CLOSE;
    pieces.push(source.slice(start, close + 2));
    at = close + 2;
  }
  const unmask = ((text: string | undefined) =>
    text?.replace(MASK, (_, n: string) => pieces[Number(n)] ?? '')) as Unmask;
  return { masked, unmask };
}

function nextLiquid(source: string, from: number): number {
  for (let at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
    const next = source[at + 1];
    if (next === '{' || next === '%') return at;
  }
  return -1;
}
