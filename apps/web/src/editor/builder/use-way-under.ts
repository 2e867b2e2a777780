import { useRef, useState } from 'react';
import type { Graph, Position } from '../graph.ts';
import { AIMED_REACH, nearestWay, waySpots, type WaySpot } from './nearest-way.ts';
import type { Takers } from './use-edits.ts';

interface WayUnderOptions {
  graph: Graph;
  places: ReadonlyMap<string, Position>;
  /** Says which ways take blocks. */
  takers: (blocks: readonly string[]) => Takers;
}

/** An edge over which blocks are dragged, and why it does not take them if it does not. */
export interface Aimed extends WaySpot {
  refusal: Takers['refusal'];
}

/** The edge under blocks that are dragged, onto which they would be put. */
export interface WayUnder {
  spot: Aimed | null;
  /** The pointer with the blocks is at a point; `onto` says whether edges take them at all. */
  over: (blocks: readonly string[], point: Position, onto: boolean) => void;
  /** The blocks were let go: over which edge. */
  take: () => Aimed | null;
}

export function useWayUnder({ graph, places, takers }: WayUnderOptions): WayUnder {
  const [spot, setSpot] = useState<Aimed | null>(null);
  const dragged = useRef<{ key: string; spots: readonly Aimed[] } | null>(null);
  const current = useRef<Aimed | null>(null);

  /** Found once for each drag: in every frame only the nearest is looked for. */
  function spotsFor(blocks: readonly string[]): readonly Aimed[] {
    const key = blocks.join(' ');
    if (dragged.current?.key !== key) {
      const { takes, refusal } = takers(blocks);
      const spots = waySpots(graph, places).filter(({ way }) => takes(way));
      dragged.current = { key, spots: spots.map((each) => ({ ...each, refusal })) };
    }
    return dragged.current.spots;
  }

  function set(next: Aimed | null): void {
    current.current = next;
    setSpot(next);
  }

  return {
    spot,
    over: (blocks, point, onto) =>
      set(
        onto && blocks.length > 0
          ? nearestWay(spotsFor(blocks), point, { edges: true, reach: AIMED_REACH })
          : null,
      ),
    take: () => {
      const aimed = current.current;
      dragged.current = null;
      set(null);
      return aimed;
    },
  };
}
