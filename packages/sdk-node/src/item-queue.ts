import type { Item } from './make-item.ts';

/** The server takes 500 KB a call; the envelope needs some of it. */
const MAX_BATCH_BYTES = 450 * 1024;
const MAX_BATCH_ITEMS = 500;

/** Calls that wait, in their order. */
export interface ItemQueue {
  readonly size: number;
  push(item: Item): void;
  /** As many from the front as fit one request. */
  take(): Item[];
}

export function createItemQueue(): ItemQueue {
  let items: Item[] = [];
  return {
    get size() {
      return items.length;
    },
    push: (item) => void items.push(item),
    take() {
      let bytes = 0;
      let count = 0;
      for (const item of items) {
        bytes += item.bytes + 1;
        if (count > 0 && (bytes > MAX_BATCH_BYTES || count >= MAX_BATCH_ITEMS)) break;
        count += 1;
      }
      const taken = items.slice(0, count);
      items = items.slice(count);
      return taken;
    },
  };
}
