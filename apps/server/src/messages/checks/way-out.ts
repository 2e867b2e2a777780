import { EMAIL, type MessageCheck } from './check.ts';

const WAYS_OUT = ['unsubscribe_url', 'preferences_url'];

/** Whether the reader finds where to say no. */
export const wayOut: MessageCheck = {
  key: 'way_out',
  channels: EMAIL,
  find({ reads, pagePath: path, isMarketing }) {
    const leadsOut = reads.some(
      (text) =>
        text.path !== '/subject' && text.variables.some(([root]) => WAYS_OUT.includes(root!)),
    );
    if (leadsOut) return [];
    const message = isMarketing
      ? 'Nothing leads out: readers who want no more of it press “spam” instead, and the law asks for a link.'
      : 'Nothing leads out. A receipt or a password needs no link, everything else does.';
    const advice = 'Add a link to {{ unsubscribe_url }} or {{ preferences_url }}.';
    return [{ severity: isMarketing ? 'error' : 'warning', path, message, advice }];
  },
};
