import { countCharacters } from './count-characters.ts';
import { EMAIL, type Found, type MessageCheck } from './check.ts';
import { subjectLines, type SubjectLine } from './subject-lines.ts';

/** Phones show about 40 characters, desktop programs about 70. */
const LONG = 70;
const MUCH_TOO_LONG = 150;

/** Whether each subject can be read where it is shown. */
export const subjectLine: MessageCheck = {
  key: 'subject',
  channels: EMAIL,
  find({ rendered }) {
    const lines = subjectLines(rendered);
    return [...lines.flatMap(lengthOf), ...lines.flatMap(repeated)];
  },
};

function lengthOf({ text, path, name }: SubjectLine): Found[] {
  const length = countCharacters(text.trim());
  const found = (severity: Found['severity'], message: string, advice: string): Found[] => [
    { severity, path, message, advice },
  ];
  if (length === 0) {
    return found(
      'error',
      `${name} is empty for a contact of whom nothing is known.`,
      'Give its variables a default: {{ contact.first_name | default: "friend" }}.',
    );
  }
  if (length > MUCH_TOO_LONG) {
    return found(
      'warning',
      `${name} has ${length} characters; mail programs show 40 to 70.`,
      'Say the rest in the preheader.',
    );
  }
  if (length <= LONG) return [];
  return found(
    'hint',
    `${name} has ${length} characters: phones show the first 40.`,
    'Put first what matters.',
  );
}

/** Subjects that are the same are one that more recipients get. */
function repeated({ text, path, name }: SubjectLine, i: number, lines: SubjectLine[]): Found[] {
  const first = lines.findIndex((other) => other.text.trim() === text.trim());
  if (first === i || text.trim() === '') return [];
  const message = `${name} is the same as ${lines[first]!.name.toLowerCase()}.`;
  return [{ severity: 'warning', path, message, advice: 'Change one of them, or take it out.' }];
}
