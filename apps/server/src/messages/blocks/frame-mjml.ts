const OF_BODY = new Set(['mj-section', 'mj-wrapper', 'mj-hero', 'mj-raw']);
const OF_HEAD = new Set([
  'mj-attributes',
  'mj-breakpoint',
  'mj-font',
  'mj-html-attributes',
  'mj-preview',
  'mj-style',
  'mj-title',
]);
const OF_SECTION = new Set(['mj-column', 'mj-group']);

/**
 * The page around a piece of MJML, by what the piece begins with. Without a line break before it, so
 * that its lines keep their numbers.
 */
export function framed(piece: string): string {
  const first = /<(mj-[a-z-]+)/.exec(piece)?.[1];
  // HTML alone: MJML takes it in its texts.
  if (!first) return body(section(column(`<mj-text>${piece}</mj-text>`)));
  if (OF_HEAD.has(first)) return `<mjml><mj-head>${piece}</mj-head><mj-body></mj-body></mjml>`;
  if (OF_BODY.has(first)) return body(piece);
  return body(section(OF_SECTION.has(first) ? piece : column(piece)));
}

const body = (inner: string): string => `<mjml><mj-body>${inner}</mj-body></mjml>`;
const section = (inner: string): string => `<mj-section>${inner}</mj-section>`;
const column = (inner: string): string => `<mj-column>${inner}</mj-column>`;
