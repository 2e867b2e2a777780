import { useEffect } from 'react';
import type { Viewport } from './use-viewport.ts';

/** Flies to a block that was asked for from outside of the canvas, such as from the list of problems. */
export function useRevealed(
  reveal: { block: string } | undefined,
  viewport: Viewport,
  onSelect: (ids: readonly string[]) => void,
): void {
  useEffect(() => {
    if (!reveal) return;
    onSelect([reveal.block]);
    viewport.flyTo(reveal.block);
    viewport.focus(reveal.block);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each request
  }, [reveal]);
}
