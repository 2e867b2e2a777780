import type { NodeChange } from '@xyflow/react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { DrawnNode } from '../canvas/drawing.ts';
import type { Size } from '../note-element.ts';
import { snap } from '../edit/snap.ts';
import type { GraphNote, Position } from '../graph.ts';

interface NodeChangesOptions {
  places: ReadonlyMap<string, Position>;
  notes: readonly GraphNote[];
  selection: ReadonlySet<string>;
  onSelect: (ids: readonly string[]) => void;
  onMoved: (moved: ReadonlyMap<string, Position>) => void;
  onResized: (note: string, box: Box) => void;
}

/** Where a note lies and how large it is. */
export interface Box {
  position: Position;
  size: Size;
}

interface Lines {
  x: number | null;
  y: number | null;
}

const NO_LINES: Lines = { x: null, y: null };

/** What the canvas says of its blocks: who is selected, and where they are dragged until they are let go. */
export function useNodeChanges(options: NodeChangesOptions) {
  const { places, notes, selection, onSelect, onMoved, onResized } = options;
  const [moved, setMoved] = useState<ReadonlyMap<string, Position> | null>(null);
  const [lines, setLines] = useState(NO_LINES);
  const [resized, setResized] = useState<{ id: string; box: Box } | null>(null);
  // Who is within the frame that is being drawn: selected only when it is done, so that the page
  // around stays as it is meanwhile.
  const [framed, setFramed] = useState<ReadonlySet<string> | null>(null);
  // Of several changes in one tick each builds on the one before.
  const latest = useRef({ moved, selection, framed, resized });
  useLayoutEffect(() => {
    latest.current = { moved, selection, framed, resized };
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
      } else resize(each);
    }
    if (!sameIds(selected, before)) choose(selected);
    if (dragged.size > 0) drag(dragged);
  }

  /** By the handles of a note come its size and, from the left or the top, its place. */
  function resize(given: NodeChange<DrawnNode>): void {
    const note = 'id' in given ? notes.find(({ id }) => id === given.id) : undefined;
    if (!note) return;
    const { current } = latest;
    const box = current.resized?.id === note.id ? current.resized.box : note;
    if (given.type === 'position' && given.position && given.dragging === undefined) {
      resizeTo({ id: note.id, box: { position: given.position, size: box.size } });
    } else if (given.type === 'dimensions' && given.resizing && given.dimensions) {
      resizeTo({ id: note.id, box: { position: box.position, size: given.dimensions } });
    } else if (given.type === 'dimensions' && given.resizing === false && current.resized) {
      onResized(note.id, current.resized.box);
      resizeTo(null);
    }
  }

  function resizeTo(next: { id: string; box: Box } | null): void {
    latest.current.resized = next;
    setResized(next);
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
    resized,
  };
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
