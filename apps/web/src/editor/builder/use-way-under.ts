import { useRef, useState } from 'react';
import type { Way } from '../edit/draft.ts';
import type { Graph, Position } from '../graph.ts';
import { AIMED_REACH, nearestWay, waySpots, type WaySpot } from './nearest-way.ts';

interface WayUnderOptions {
  graph: Graph;
  places: ReadonlyMap<string, Position>;
  /** Says which ways take a block. */
  takers: (block: string) => (way: Way) => boolean;
}

/** The edge under a block that is dragged, onto which it would be put. */
export interface WayUnder {
  spot: WaySpot | null;
  /** The pointer with the block is at a point; `onto` says whether edges take it at all. */
  over: (block: string, point: Position, onto: boolean) => void;
  /** The block was let go: the way that takes it. */
  take: () => Way | null;
}

export function useWayUnder({ graph, places, takers }: WayUnderOptions): WayUnder {
  const [spot, setSpot] = useState<WaySpot | null>(null);
  const dragged = useRef<{ block: string; spots: readonly WaySpot[] } | null>(null);
  const current = useRef<WaySpot | null>(null);

  /** Found once for each drag: in every frame only the nearest is looked for. */
  function spotsFor(block: string): readonly WaySpot[] {
    if (dragged.current?.block !== block) {
      const takes = takers(block);
      dragged.current = {
        block,
        spots: waySpots(graph, places).filter(({ way }) => takes(way)),
      };
    }
    return dragged.current.spots;
  }

  function set(next: WaySpot | null): void {
    current.current = next;
    setSpot(next);
  }

  return {
    spot,
    over: (block, point, onto) =>
      set(onto ? nearestWay(spotsFor(block), point, { edges: true, reach: AIMED_REACH }) : null),
    take: () => {
      const way = current.current?.way ?? null;
      dragged.current = null;
      set(null);
      return way;
    },
  };
}
