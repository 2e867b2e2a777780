import type { Edge, Node } from '@xyflow/react';
import { sameJson } from '../../app/same-json.ts';

/**
 * Remembers the elements drawn last time and gives those back about which nothing changed: what is
 * the same object is not drawn again, which is most of a large workflow at every key press.
 */
export function steadying<Element extends Node | Edge>(): (now: readonly Element[]) => Element[] {
  let before = new Map<string, Element>();
  return (now) => {
    const elements = now.map((element) => {
      const former = before.get(element.id);
      return former && sameJson(former, element) ? former : element;
    });
    before = new Map(elements.map((element) => [element.id, element]));
    return elements;
  };
}
