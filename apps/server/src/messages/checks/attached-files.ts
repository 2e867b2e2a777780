import { megabytes, type ListedFile } from '../attachments/attach-files.ts';
import { EMAIL, type Found, type MessageCheck } from './check.ts';

/** Larger mail is slow on phones, and fills mailboxes. */
const LARGE = 2_000_000;

/** The files that go with a message: whether they are there, may be sent, and how large they are. */
export const attachedFiles: MessageCheck = {
  key: 'attached_files',
  channels: EMAIL,
  find({ rendered, isMarketing }) {
    const files = (rendered['attachments'] ?? []) as unknown as ListedFile[];
    const found = files.flatMap(({ problem }, i): Found[] =>
      problem === undefined
        ? []
        : [
            {
              severity: 'error',
              path: `/attachments/${i}/url`,
              message: problem,
              advice: 'Correct the address, or take the file out.',
            },
          ],
    );
    const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
    if (bytes > LARGE) {
      found.push({
        severity: 'warning',
        path: '/attachments',
        message: `The files have ${megabytes(bytes)} together, a third more on their way.`,
        advice: 'Link to them instead: that is quicker, and shows who read them.',
      });
    }
    if (isMarketing && files.length > 0) {
      found.push({
        severity: 'hint',
        path: '/attachments',
        message: 'Marketing with files is held for spam more often.',
        advice: 'Link to the files instead.',
      });
    }
    return found;
  },
};
