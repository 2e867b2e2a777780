import type { Position } from '../graph.ts';

/** A place pulled to where other blocks stand, and the lines by which that is seen. */
export interface Snapped {
  place: Position;
  /** The column and the row that were met. */
  x: number | null;
  y: number | null;
}

/** Nearer than this, in the canvas' own pixels, a block is pulled. */
const REACH = 8;

/** Pulls a block that is dragged into line with others, each way by itself. */
export function snap(place: Position, others: Iterable<Position>): Snapped {
  let [x, y]: [number | null, number | null] = [null, null];
  for (const other of others) {
    if (isNearer(other.x, x, place.x)) x = other.x;
    if (isNearer(other.y, y, place.y)) y = other.y;
  }
  return { place: { x: x ?? place.x, y: y ?? place.y }, x, y };
}

function isNearer(candidate: number, best: number | null, wanted: number): boolean {
  const distance = Math.abs(candidate - wanted);
  return distance <= REACH && (best === null || distance < Math.abs(best - wanted));
}
