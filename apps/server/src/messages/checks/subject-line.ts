import { textOf } from '../rendering/text-of.ts';
import { countCharacters } from './count-characters.ts';
import { EMAIL, type Found, type MessageCheck } from './check.ts';

/** Phones show about 40 characters, desktop programs about 70. */
const LONG = 70;
const MUCH_TOO_LONG = 150;

/** Whether the subject can be read where it is shown. */
export const subjectLine: MessageCheck = {
  key: 'subject',
  channels: EMAIL,
  find({ rendered }) {
    const subject = textOf(rendered, 'subject').trim();
    const length = countCharacters(subject);
    const found = (severity: Found['severity'], message: string, advice: string): Found[] => [
      { severity, path: '/subject', message, advice },
    ];
    if (length === 0) {
      return found(
        'error',
        'The subject is empty for a contact of whom nothing is known.',
        'Give its variables a default: {{ contact.first_name | default: "friend" }}.',
      );
    }
    if (length > MUCH_TOO_LONG) {
      return found(
        'warning',
        `The subject has ${length} characters; mail programs show 40 to 70.`,
        'Say the rest in the preheader.',
      );
    }
    if (length <= LONG) return [];
    return found(
      'hint',
      `The subject has ${length} characters: phones show the first 40.`,
      'Put first what matters.',
    );
  },
};
