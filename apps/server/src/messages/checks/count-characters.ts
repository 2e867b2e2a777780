const graphemes = new Intl.Segmenter();
/** More are too many everywhere. */
const MOST_COUNTED = 2_000;

/** Characters as a reader counts them: an emoji of several code points is one. */
export function countCharacters(text: string): number {
  return [...graphemes.segment(text.slice(0, MOST_COUNTED))].length;
}
