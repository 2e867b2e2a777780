import { catalogue, type TextId } from '../../app/catalogue.ts';
import type { Say } from '../../app/text.tsx';

/** The type in words; one this release does not know keeps its own. */
export function fieldTypeWords(type: string, t: Say): string {
  const id = `settings.fields.type.${type}`;
  return Object.hasOwn(catalogue, id) ? t(id as TextId) : type;
}
