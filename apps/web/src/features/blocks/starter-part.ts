import type { Part } from './block-draft.ts';

/** Something valid to begin a part with. */
export function starterPart(part: Part, words: string): string {
  if (part === 'text') return words;
  if (part === 'html') return `<p>${words}</p>`;
  return `<mj-section>
  <mj-column>
    <mj-text>${words}</mj-text>
  </mj-column>
</mj-section>`;
}
