import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, type RefObject } from 'react';
import type { Position } from '../graph.ts';
import { BLOCK_HEIGHT, BLOCK_WIDTH } from '../layout.ts';
import { useLatest } from '../use-latest.ts';

export interface Viewport {
  /** Brings a block to the middle, large enough to be read. */
  flyTo: (id: string) => void;
  /** Flies to a block if it is too small to be written on. */
  read: (id: string) => void;
  /** Moves only if the block is not in sight. */
  show: (id: string) => void;
  /** The keyboard is at a block. */
  focus: (id: string) => void;
  fit: () => void;
  /** Moves what is seen sideways, at once. */
  shift: (dx: number) => void;
  zoom: (steps: number) => void;
  /** The point of the canvas in the middle of what is seen. */
  middle: () => Position;
  /** The point of the canvas under a point of the window. */
  pointAt: (client: Position) => Position;
  /** Where a point of the canvas is seen, from the upper left corner of the frame. */
  seenAt: (point: Position) => Position;
}

const LEGIBLE = 0.75;
const GLIDE_MS = 250;
const EDGE = 24;
/** A block that comes into sight is drawn within a few frames. */
const MOST_FRAMES = 30;

/** Moves what is seen of the canvas. */
export function useViewport(
  frame: RefObject<HTMLElement | null>,
  places: ReadonlyMap<string, Position>,
): Viewport {
  const flow = useReactFlow();
  const duration = useReducedMotion() ? 0 : GLIDE_MS;
  const latest = useLatest(places);
  return useMemo(() => {
    const box = () => frame.current?.getBoundingClientRect() ?? new DOMRect();
    const seenAt = (point: Position) => {
      const { x, y } = flow.flowToScreenPosition(point);
      return { x: x - box().left, y: y - box().top };
    };
    const flyTo = (id: string) => {
      const place = latest.current.get(id);
      if (!place) return;
      const zoom = Math.max(LEGIBLE, Math.min(1, flow.getZoom()));
      const [x, y] = [place.x + BLOCK_WIDTH / 2, place.y + BLOCK_HEIGHT / 2];
      void flow.setCenter(x, y, { zoom, duration });
    };
    return {
      flyTo,
      seenAt,
      read: (id) => flow.getZoom() < LEGIBLE && flyTo(id),
      show: (id) => {
        const place = latest.current.get(id);
        if (!place) return;
        const corner = seenAt(place);
        const end = seenAt({ x: place.x + BLOCK_WIDTH, y: place.y + BLOCK_HEIGHT });
        const [dx, dy] = [
          inward(corner.x, end.x, box().width),
          inward(corner.y, end.y, box().height),
        ];
        if (dx === 0 && dy === 0) return;
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration });
      },
      focus: (id) => focusSoon(frame, id, MOST_FRAMES),
      fit: () => void flow.fitView({ padding: 0.12, maxZoom: 1, duration }),
      shift: (dx) => {
        const { x, y, zoom } = flow.getViewport();
        void flow.setViewport({ x: x + dx, y, zoom });
      },
      zoom: (steps) => void flow.zoomTo(flow.getZoom() * 1.2 ** steps, { duration }),
      middle: () => {
        const { left, top, width, height } = box();
        return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
      },
      pointAt: (client) => flow.screenToFlowPosition(client),
    };
  }, [flow, duration, frame, latest]);
}

/** How far to move so that a stretch lies within the room, with some air. */
function inward(from: number, to: number, room: number): number {
  if (from < EDGE) return EDGE - from;
  if (to > room - EDGE) return Math.max(room - EDGE - to, EDGE - from);
  return 0;
}

/** Blocks out of sight are not in the page, so a block that comes into sight is waited for. */
function focusSoon(frame: RefObject<HTMLElement | null>, id: string, tries: number): void {
  const node = frame.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  if (node) node.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusSoon(frame, id, tries - 1));
}

/** What is in the middle stays there when something opens beside the canvas, and what is selected in sight. */
export function useKeptInSight(
  frame: RefObject<HTMLElement | null>,
  viewport: Viewport,
  selection: ReadonlySet<string>,
): void {
  const latest = useLatest(selection);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      const [only, ...others] = latest.current;
      const change = element.clientWidth - width;
      width = element.clientWidth;
      viewport.shift(change / 2);
      if (change < 0 && only !== undefined && others.length === 0) viewport.show(only);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, viewport, latest]);
}
