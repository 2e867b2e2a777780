import { useRef, useState, type KeyboardEvent } from 'react';

interface RowFocusOptions {
  count: number;
  /** How many stand side by side: left and right go among them. */
  across?: number;
  /** Scrolls a row into view, which also makes the virtual list draw it. */
  show: (index: number) => void;
  open: (index: number) => void;
  toggle: (index: number) => void;
}

const steps: Record<string, (index: number, count: number, across: number) => number> = {
  ArrowDown: (index, count, across) => Math.min(count - 1, index + across),
  ArrowUp: (index, _count, across) => (index < across ? index : index - across),
  PageDown: (index, count) => Math.min(count - 1, index + 15),
  PageUp: (index) => Math.max(0, index - 15),
  Home: () => 0,
  End: (_index, count) => count - 1,
};
steps['j'] = steps['ArrowDown']!;
steps['k'] = steps['ArrowUp']!;

/** Only where several stand side by side. */
const sideSteps: typeof steps = {
  ArrowRight: (index, count) => Math.min(count - 1, index + 1),
  ArrowLeft: (index) => Math.max(0, index - 1),
};

/** One row of the grid is in the tab order; arrows (or j, k), page keys, Home and End move it. */
export function useRowFocus({ count, across = 1, show, open, toggle }: RowFocusOptions) {
  const [current, setCurrent] = useState(0);
  const frame = useRef(0);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key === 'Tab') leaveByTab(event);
    const row = rowOf(event.target);
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key] ?? (across > 1 ? sideSteps[event.key] : undefined);
    if (step && count > 0) {
      event.preventDefault();
      moveTo(step(row, count, across), event.currentTarget);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      open(row);
    } else if (event.key === ' ' || event.key === 'x') {
      event.preventDefault();
      toggle(row);
    }
  }

  /** The row may not be drawn yet; focus follows after the list has scrolled. */
  function moveTo(index: number, grid: HTMLElement): void {
    setCurrent(index);
    show(index);
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      grid.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true });
    });
  }

  /** Into the list from anywhere on the page, unless a dialog is open. */
  function enter(grid: HTMLElement | null): void {
    if (!grid || count === 0 || grid.contains(document.activeElement)) return;
    if (document.querySelector('[aria-modal="true"]')) return;
    moveTo(Math.min(current, count - 1), grid);
  }

  return {
    onKeyDown,
    enter,
    remember: setCurrent,
    tabIndexOf: (index: number) => (index === Math.min(current, count - 1) ? 0 : -1),
  };
}

const TABBABLE = 'a[href], button:not(:disabled), input:not(:disabled), [tabindex="0"]';

/**
 * Tab goes through the controls of one row and then leaves the list: what stands behind it could not
 * be reached through thousands of rows. From an edge the browser goes on to what comes next.
 */
function leaveByTab(event: KeyboardEvent<HTMLElement>): void {
  const { target, shiftKey: backwards, currentTarget: grid } = event;
  const row = (target as HTMLElement).closest<HTMLElement>('[data-row]');
  if (!row) return;
  const last = [...row.querySelectorAll<HTMLElement>(TABBABLE)].at(-1) ?? row;
  if (target !== (backwards ? row : last)) return;
  const edge = backwards ? 'before' : 'after';
  grid.querySelector<HTMLElement>(`[data-edge="${edge}"]`)?.focus({ preventScroll: true });
}

/** The index of a row that itself has the focus (keys in its buttons are theirs). */
function rowOf(target: EventTarget): number | undefined {
  const value = target instanceof HTMLElement ? target.dataset.row : undefined;
  return value === undefined ? undefined : Number(value);
}
