import { useReducedMotion } from '@mantine/hooks';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Layout } from '../layout.ts';
import type { Position } from '../graph.ts';

const DURATION_MS = 220;
/** With more blocks every frame would be late, and a jump is calmer than a stutter. */
const MOST = 120;

interface Eased {
  layout: Layout;
  /** Says where blocks stand by now, because somebody dragged them there. */
  settle: (moved: ReadonlyMap<string, Position>) => void;
}

/** A layout that blocks glide into from where they stood; at once for who wants no motion. */
export function useEased(layout: Layout): Eased {
  const still = useReducedMotion();
  const [shown, setShown] = useState(layout);
  const standing = useRef(layout.places);
  useLayoutEffect(() => {
    const from = standing.current;
    const moves = [...layout.places].some(([id, place]) => isElsewhere(from.get(id), place));
    if (still || !moves || layout.places.size > MOST) {
      standing.current = layout.places;
      setShown(layout);
      return undefined;
    }
    let frame = 0;
    let begun: number | undefined;
    const step = (now: number): void => {
      begun ??= now;
      const part = Math.min(1, (now - begun) / DURATION_MS);
      const places = between(from, layout.places, 1 - (1 - part) ** 3);
      standing.current = places;
      // While blocks are under way edges take the straight way between them.
      setShown(part < 1 ? { places, routes: new Map() } : layout);
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [layout, still]);
  // Blocks that are new since the last step have their place at once.
  const isWhole = [...layout.places.keys()].every((id) => shown.places.has(id));
  const settle = useCallback((moved: ReadonlyMap<string, Position>) => {
    standing.current = new Map([...standing.current, ...moved]);
  }, []);
  return {
    layout: isWhole ? shown : { ...shown, places: new Map([...layout.places, ...shown.places]) },
    settle,
  };
}

function isElsewhere(from: Position | undefined, to: Position): boolean {
  return from !== undefined && (from.x !== to.x || from.y !== to.y);
}

function between(
  from: ReadonlyMap<string, Position>,
  to: ReadonlyMap<string, Position>,
  part: number,
): Map<string, Position> {
  return new Map(
    [...to].map(([id, end]) => {
      const begin = from.get(id) ?? end;
      const x = begin.x + (end.x - begin.x) * part;
      const y = begin.y + (end.y - begin.y) * part;
      return [id, part === 1 ? end : { x, y }];
    }),
  );
}
