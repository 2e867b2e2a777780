import type { MouseEvent } from 'react';

/** Links, buttons and selected text inside a row keep their own meaning. */
export function isFreeSpace(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement;
  // What a row opens floats elsewhere in the page; its clicks come here all the same.
  if (!event.currentTarget.contains(target)) return false;
  const inner = target.closest('a, button, input, label, [role="switch"]');
  const insideRow = inner !== null && event.currentTarget.contains(inner);
  return !insideRow && (window.getSelection()?.isCollapsed ?? true);
}
