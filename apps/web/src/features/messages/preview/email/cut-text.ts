/** Width of a text in CSS pixels. */
export type Measure = (text: string) => number;

interface CutText {
  shown: string;
  /** What is not seen; empty where all of it is. */
  cut: string;
}

/** As much of a text as fits, with room for the dots where it does not; whole signs only. */
export function cutText(text: string, width: number, measure: Measure): CutText {
  if (measure(text) <= width) return { shown: text, cut: '' };
  const signs = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const room = width - measure('…');
  let fits = 0;
  let tooMany = signs.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(signs.slice(0, middle).join('')) <= room) fits = middle;
    else tooMany = middle;
  }
  return { shown: signs.slice(0, fits).join(''), cut: signs.slice(fits).join('') };
}

/** What programs show behind the subject: the preheader, then the first words of the message. */
export function previewLine(preheader: string, text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words.startsWith(preheader)) return words;
  return `${preheader} ${words}`.trim();
}
