import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** Why somebody entered or left, or what made a list; an unknown cause is shown as it is written. */
export function causeWord(cause: string, t: Say): string {
  const id = `segments.cause.${cause}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : cause;
}
