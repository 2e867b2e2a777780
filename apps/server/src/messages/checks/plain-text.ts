import { textOf } from '../rendering/text-of.ts';
import { EMAIL, type MessageCheck } from './check.ts';

const FEWEST_LETTERS = 10;

/** The part that watches, screen readers and filters read. Made of the HTML unless it is written. */
export const plainText: MessageCheck = {
  key: 'plain_text',
  channels: EMAIL,
  find({ rendered }) {
    const letters = textOf(rendered, 'text').match(/\p{L}/gu)?.length ?? 0;
    if (letters >= FEWEST_LETTERS) return [];
    const message =
      'The HTML has no words to make the plain text of: who reads plain text, or has it read aloud, gets nothing.';
    const advice = 'Write the plain text by hand.';
    return [{ severity: 'warning', path: '/text', message, advice }];
  },
};
