import { convert } from 'html-to-text';

/** The text part of an e-mail whose writer gave none. Liquid inside stays as it is. */
export function plainTextOf(html: string): string {
  return convert(html, {
    // A line broken inside of a Liquid tag would break the tag.
    wordwrap: false,
    limits: { maxInputLength: 2_000_000, maxDepth: 100 },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'h3', options: { uppercase: false } },
      { selector: 'table', format: 'block' },
    ],
  });
}
