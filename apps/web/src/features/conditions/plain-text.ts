import type { Json } from '@perennial/conditions';

/** A text, number or boolean as text; nothing for what has no text of its own. */
export function plainText(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
