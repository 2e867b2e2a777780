import { textOf } from '../rendering/text-of.ts';
import { EMAIL, type MessageCheck } from './check.ts';

/** Gmail shows no more of a message's HTML and hides the rest, the unsubscribe link with it. */
const GMAIL_CLIPS = 102 * 1_024;
const NEAR = 90 * 1_024;

/** How large the HTML is when it leaves, tracked links and the open pixel included. */
export const size: MessageCheck = {
  key: 'size',
  channels: EMAIL,
  find({ rendered, pagePath: path }) {
    const bytes = Buffer.byteLength(textOf(rendered, 'html'));
    const advice = 'Take out what is not needed: styles, comments, repeated parts.';
    if (bytes > GMAIL_CLIPS) {
      const message = `The HTML has ${kilobytes(bytes)}. Gmail cuts messages off after 102 KB, and the unsubscribe link with them.`;
      return [{ severity: 'error', path, message, advice }];
    }
    if (bytes <= NEAR) return [];
    const message = `The HTML has ${kilobytes(bytes)}. Gmail cuts messages off after 102 KB; longer names may push it over.`;
    return [{ severity: 'warning', path, message, advice }];
  },
};

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_024)} KB`;
}
