import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** Why a start was refused, in words; a reason this release does not know keeps its code. */
export function notStartedWords(reason: string, t: Say): string {
  const id = `workflows.notStarted.${reason}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : reason;
}
