import type { MessageContent } from './message.ts';

/** Whether nothing is written yet at a JSON pointer within the content. */
export function isUnfilled(content: MessageContent, pointer: string): boolean {
  const value = valueAt(content, pointer.split('/').slice(1));
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return valueAt((value as Record<string, unknown>)[name], rest);
}
