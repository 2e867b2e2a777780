/** A shared block in one language: what is there fits the place of the same name. */
export interface BlockContent {
  mjml?: string | undefined;
  html?: string | undefined;
  text?: string | undefined;
}

/** A block as it is put into messages. */
export interface BlockToPlace {
  id: number;
  key: string;
  version: number;
  defaultLanguage: string;
  content: Readonly<Record<string, BlockContent>>;
}

/** How deep blocks may stand in blocks. */
export const MOST_DEEP = 5;

/** Where a text stands: MJML, HTML, or text without markup. */
export type Place = 'mjml' | 'html' | 'text';

/** The block for such a place. HTML does for MJML too, where MJML takes HTML: in its texts and <mj-raw>. */
export function partFor(content: BlockContent, place: Place): string | undefined {
  return place === 'mjml' ? (content.mjml ?? content.html) : content[place];
}
