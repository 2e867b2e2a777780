import type { Edge, Node } from '@xyflow/react';
import { sameJson } from '../edit/same-json.ts';

/**
 * The elements drawn last time, where nothing about them changed: what is the same object is not
 * drawn again, which is most of a large workflow at every key press.
 */
export function steady<Element extends Node | Edge>(
  before: ReadonlyMap<string, Element>,
  now: readonly Element[],
): Element[] {
  return now.map((element) => {
    const former = before.get(element.id);
    return former && sameJson(former, element) ? former : element;
  });
}
