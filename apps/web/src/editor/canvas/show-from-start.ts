import type { ReactFlowInstance } from '@xyflow/react';
import type { DrawnNode, ExitEdgeType } from './drawing.ts';

const margin = 32;
/** Smaller than this, sentences are hard to read; the rest is a scroll away. */
const least = 0.75;

/** Shows the whole graph if it stays readable, else its beginning. */
export function showFromStart(
  flow: ReactFlowInstance<DrawnNode, ExitEdgeType>,
  frame: HTMLElement | null,
): void {
  if (!frame) return;
  const bounds = flow.getNodesBounds(flow.getNodes());
  const { clientWidth, clientHeight } = frame;
  const whole = Math.min(
    (clientWidth - 2 * margin) / bounds.width,
    (clientHeight - 2 * margin) / bounds.height,
  );
  const zoom = Math.max(least, Math.min(1, whole));
  void flow.setViewport({
    zoom,
    x: (clientWidth - bounds.width * zoom) / 2 - bounds.x * zoom,
    y: Math.max(margin, (clientHeight - bounds.height * zoom) / 2) - bounds.y * zoom,
  });
}
