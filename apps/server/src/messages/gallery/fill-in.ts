/** By name. */
export type Words = Record<string, string>;

const PLACE = /\[\[(> )?([a-z0-9_-]+)\]\]/g;

/**
 * Writes pieces (`[[> footer]]`) and words (`[[heading]]`) into a source; both may hold words. A
 * place that nothing is known for throws: it would be read by somebody.
 */
export function fillIn(source: string, { pieces, words }: { pieces: Words; words: Words }): string {
  return source.replace(PLACE, (place, piece: string | undefined, name: string) => {
    const found = piece ? pieces[name]?.trimEnd() : words[name];
    if (found === undefined) throw new Error(`Nothing is known for ${place}.`);
    return piece ? fillIn(found, { pieces, words }) : found;
  });
}
