export interface Size {
  width: number;
  height: number;
}

export const NOTE_SIZE: Size = { width: 240, height: 120 };
export const LEAST_NOTE: Size = { width: 120, height: 60 };

/** Notes are elements of the canvas under these IDs, which no block can have. */
const PREFIX = '#note:';

export function noteElement(id: string): string {
  return `${PREFIX}${id}`;
}

/** The note that an element of the canvas draws; undefined for a block or the start. */
export function noteOf(element: string): string | undefined {
  return element.startsWith(PREFIX) ? element.slice(PREFIX.length) : undefined;
}
