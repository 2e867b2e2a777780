import { EMAIL, type MessageCheck } from './check.ts';

/** Elements that no mail program runs. Each kind is said once. */
export const activeContent: MessageCheck = {
  key: 'active_content',
  channels: EMAIL,
  find: ({ page, pagePath: path }) =>
    [...new Map((page?.active ?? []).map((each) => [each.name, each])).values()].map(
      ({ name, piece }) => ({
        severity: 'error' as const,
        path,
        message: name.startsWith('on')
          ? `The HTML has a script (${name}). Mail programs remove it, and filters refuse messages with one.`
          : `The HTML has a <${name}>. Mail programs remove it, and filters refuse messages with one.`,
        advice: 'Take it out; link to a page that does what it did.',
        piece,
      }),
    ),
};
