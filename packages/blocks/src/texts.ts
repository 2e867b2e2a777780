import { blocks } from './registry.ts';

/** The blocks' own words (ICU, English) as `block.TYPE.NAME`; the application merges them in. */
export const blockTexts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(blocks).flatMap(({ type, texts }) =>
    Object.entries(texts).map(([name, text]) => [`block.${type}.${name}`, text]),
  ),
);
