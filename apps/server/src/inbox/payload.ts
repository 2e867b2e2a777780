import type { InboxItem, Stamped } from './item.ts';

/** Items of a row, as JSON texts joined by commas: appended without being parsed again. */
export function encodeItems(items: string[]): Buffer {
  return Buffer.from(items.join(','), 'utf8');
}

export function decodeItems(payload: Buffer): InboxItem[] {
  return JSON.parse(`[${payload.toString('utf8')}]`) as InboxItem[];
}

export function decodeStamped(payload: Buffer): Stamped[] {
  return JSON.parse(`[${payload.toString('utf8')}]`) as Stamped[];
}
