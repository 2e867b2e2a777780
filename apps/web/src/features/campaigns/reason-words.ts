import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** Why somebody was left out, in words; a reason this release does not know keeps its own. */
export function reasonWords(reason: string, t: Say): string {
  const id = `campaigns.reason.${reason.replaceAll(/[ -]/g, '_')}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : reason;
}
