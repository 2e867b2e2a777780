import type { NodeChange } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { DrawnNode } from '../canvas/drawing.ts';
import { snap } from '../edit/snap.ts';
import type { Position } from '../graph.ts';

interface NodeChangesOptions {
  places: ReadonlyMap<string, Position>;
  selection: ReadonlySet<string>;
  onSelect: (ids: readonly string[]) => void;
  onMoved: (moved: ReadonlyMap<string, Position>) => void;
}

interface Lines {
  x: number | null;
  y: number | null;
}

const NO_LINES: Lines = { x: null, y: null };

/** What the canvas says of its blocks: who is selected, and where they are dragged until they are let go. */
export function useNodeChanges({ places, selection, onSelect, onMoved }: NodeChangesOptions) {
  const [moved, setMoved] = useState<ReadonlyMap<string, Position> | null>(null);
  const [lines, setLines] = useState(NO_LINES);
  // Who is within the frame that is being drawn: selected only when it is done, so that the page
  // around stays as it is meanwhile.
  const [framed, setFramed] = useState<ReadonlySet<string> | null>(null);
  // Of several changes in one tick each builds on the one before.
  const latest = useRef({ moved, selection, framed });
  useLayoutEffect(() => {
    latest.current = { moved, selection, framed };
  });

  function change(changes: NodeChange<DrawnNode>[]): void {
    const before = latest.current.framed ?? latest.current.selection;
    const selected = new Set(before);
    const dragged = new Map<string, Position>();
    for (const each of changes) {
      if (each.type === 'select' && each.selected) selected.add(each.id);
      else if (each.type === 'select') selected.delete(each.id);
      else if (each.type === 'position' && each.position && each.dragging) {
        dragged.set(each.id, each.position);
      }
    }
    if (!sameIds(selected, before)) choose(selected);
    if (dragged.size > 0) drag(dragged);
  }

  function choose(selected: ReadonlySet<string>): void {
    if (latest.current.framed) {
      latest.current.framed = selected;
      setFramed(selected);
    } else {
      latest.current.selection = selected;
      onSelect([...selected]);
    }
  }

  function frame(isDrawn: boolean): void {
    const { framed: chosen } = latest.current;
    latest.current.framed = isDrawn ? latest.current.selection : null;
    setFramed(latest.current.framed);
    if (!isDrawn && chosen) onSelect([...chosen]);
  }

  function drag(dragged: Map<string, Position>): void {
    const [[id, place] = []] = dragged;
    if (dragged.size === 1 && id && place) {
      const others = [...places].flatMap(([other, at]) => (other === id ? [] : [at]));
      const { place: pulled, ...met } = snap(place, others);
      dragged.set(id, pulled);
      setLines(met);
    }
    const next = new Map([...(latest.current.moved ?? []), ...dragged]);
    latest.current.moved = next;
    setMoved(next);
  }

  function stop(): void {
    const { moved: done } = latest.current;
    latest.current.moved = null;
    setMoved(null);
    setLines(NO_LINES);
    if (done) onMoved(done);
  }

  return {
    change,
    stop,
    frame,
    lines,
    selected: framed ?? selection,
    moved,
  };
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
