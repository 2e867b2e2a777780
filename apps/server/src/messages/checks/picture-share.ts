import { EMAIL, type MessageCheck } from './check.ts';

/** Fewer words than this beside a picture are a caption. */
const FEWEST_WORDS = 20;
const WORDS_A_PICTURE = 8;

/** A message that is a picture says nothing where pictures are off, and looks like spam. */
export const pictureShare: MessageCheck = {
  key: 'picture_share',
  channels: EMAIL,
  find({ page, pagePath: path }) {
    const pictures = page?.images.length ?? 0;
    const words = page?.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    if (pictures === 0 || words >= Math.max(FEWEST_WORDS, pictures * WORDS_A_PICTURE)) return [];
    const message = `There are ${words} words beside ${pictures === 1 ? 'a picture' : `${pictures} pictures`}. Filters take such messages for spam, and many readers see no pictures.`;
    const advice = 'Say in text what the pictures say.';
    return [{ severity: 'warning', path, message, advice }];
  },
};
