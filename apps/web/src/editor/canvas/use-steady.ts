import type { Edge, Node } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { steady } from './steady.ts';

/** Elements that keep their identity from one drawing to the next. */
export function useSteady<Element extends Node | Edge>(now: Element[]): Element[] {
  const before = useRef(new Map<string, Element>());
  return useMemo(() => {
    const elements = steady(before.current, now);
    before.current = new Map(elements.map((element) => [element.id, element]));
    return elements;
  }, [now]);
}
