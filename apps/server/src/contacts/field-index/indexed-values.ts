import { lowerCase } from '@perennial/conditions';
import type { Json } from '../../inbox/index.ts';

/** How a value stands in the index of its field. */
export interface IndexedValue {
  /** In lower case. */
  value: string;
  /** The number itself, of a number. */
  number: number | null;
}

/** Longer texts stand in the index as `TOO_LONG`, and the card has to be asked. */
const LONGEST = 200;

/** No field stores an empty text. */
export const TOO_LONG = '';

/** What of a value of a field stands in the index, whatever the field's type; lists by element. */
export function indexedValues(value: Json | undefined): IndexedValue[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [indexedValue(value)];
  const elements = value.filter((element) => element !== null).map(indexedValue);
  return [...new Map(elements.map((element) => [element.value, element])).values()];
}

function indexedValue(value: Json): IndexedValue {
  if (typeof value === 'number') return { value: String(value), number: value };
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { value: shortened(lowerCase(text)), number: null };
}

function shortened(text: string): string {
  return text.length > LONGEST ? TOO_LONG : text;
}
