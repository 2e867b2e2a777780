import type { Edge, Node } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { steadying } from './steady.ts';

/** Elements that keep their identity from one drawing to the next. */
export function useSteady<Element extends Node | Edge>(now: Element[]): Element[] {
  const [steady] = useState(() => steadying<Element>());
  return useMemo(() => steady(now), [steady, now]);
}
