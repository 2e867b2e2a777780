import type { DragEvent, KeyboardEvent } from 'react';

/** Alt and an arrow: up, down, or across to the other column, whichever side that is on. */
export function stepOf({ altKey, key }: KeyboardEvent): 1 | -1 | 'across' | undefined {
  if (!altKey) return undefined;
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  return key === 'ArrowLeft' || key === 'ArrowRight' ? 'across' : undefined;
}

/** Dragging begins after the browser took its picture of what is dragged. */
export function startDrag(event: DragEvent<HTMLElement>, start: () => void): void {
  event.stopPropagation();
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', '');
  setTimeout(start);
}

/** Whether what is dragged is over the lower half. */
export function isBelow(event: DragEvent<HTMLElement>): boolean {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  return event.clientY > top + height / 2;
}
