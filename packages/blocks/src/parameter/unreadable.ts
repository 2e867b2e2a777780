import type { Json } from '@perennial/conditions';
import { isReference, referenceText } from './parameter.ts';

/** Why a setting is of no use: where it comes from, what is there, and what was expected. */
export function unreadable(wanted: string, source: unknown, value: Json | undefined): string {
  const from = isReference(source) ? referenceText(source) : 'the setting';
  return value === undefined
    ? `${from} has no value, expected ${wanted}`
    : `${from} is ${JSON.stringify(value).slice(0, 100)}, expected ${wanted}`;
}
