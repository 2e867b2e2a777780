import type { ListedMessage } from '@perennial/contracts';
import { usePicture } from './use-picture.ts';

/** What a message is called where it is read, with its variables filled in once that is known. */
export function useReadWords(message: ListedMessage): string {
  const { data } = usePicture(message, false);
  const { subject, title, text } = data?.content ?? {};
  const rendered = [subject, title, text].find((each) => typeof each === 'string' && each !== '');
  return typeof rendered === 'string' ? rendered : message.subject;
}
