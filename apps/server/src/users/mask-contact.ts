import { mayReadPersonal, type Rights } from './rights.ts';

const dots = '•••';

/** System fields that say who somebody is. */
const personalMembers = new Set([
  'email',
  'phone',
  'first_name',
  'last_name',
  'patronymic',
  'middle_name',
  'name',
  'birthday',
  'address',
  'postcode',
  'street',
  'chat_id',
  'ip',
]);

// Looked for from the beginning of a word alone: else a long word takes time by its square.
const emailForm = /(?<![^\s@<>"',;:])[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[^\s@<>"',;:]+/g;
// Not within a longer word or ID.
const phoneForm = /(?<![\w-])\+?\d[\d\s().-]{7,18}\d(?![\w-])/g;
// A date looks like a phone number to the form above.
const dateForm = /^\d{4}-\d{2}-\d{2}/;

/**
 * A contact, send, event or anything else that goes to a screen, without personal data if the
 * caller may not read it: personal members by name (`email`, `first_name`, ...; `address` of a
 * channel), e-mail addresses and phone numbers wherever they stand in a text. The shape stays.
 * A search by personal data must find nothing for such callers: ask `mayReadPersonal` first.
 */
export function maskContact<Shape>(contact: Shape, rights: Rights): Shape {
  return mayReadPersonal(rights) ? contact : (mask(contact) as Shape);
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(mask);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      personalMembers.has(name) ? maskPersonal(member) : mask(member),
    ]),
  );
}

/** One letter stays, so that two rows can be told apart. */
function maskPersonal(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : maskWord(value);
  if (typeof value === 'number') return dots;
  if (value instanceof Date) return null;
  return mask(value);
}

export function maskText(text: string): string {
  return text
    .replace(emailForm, maskWord)
    .replace(phoneForm, (found) => (dateForm.test(found) ? found : maskWord(found)));
}

function maskWord(word: string): string {
  if (word.includes('@')) return `${firstLetter(word)}${dots}@${dots}`;
  if (dateForm.test(word)) return dots;
  if (/^\+?[\d\s().-]+$/.test(word)) return `${dots}${word.slice(-2)}`;
  return `${firstLetter(word)}${dots}`;
}

function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter('en').segment(word);
  return first?.segment ?? '';
}
