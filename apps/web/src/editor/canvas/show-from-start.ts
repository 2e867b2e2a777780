import type { ReactFlowInstance } from '@xyflow/react';
import { START } from '../graph.ts';
import { BLOCK_WIDTH } from '../layout.ts';
import type { DrawnNode, ExitEdgeType } from './drawing.ts';

const margin = 32;
/** Room for the tools that stand above the canvas. */
const toolsHeight = 32;
/** Smaller than this, sentences are hard to read; the rest is a scroll away. */
const least = 0.75;

/** Shows the whole graph if it stays readable, else its beginning. */
export function showFromStart(
  flow: ReactFlowInstance<DrawnNode, ExitEdgeType>,
  frame: HTMLElement | null,
  { tools = false } = {},
): void {
  if (!frame) return;
  const above = margin + (tools ? toolsHeight : 0);
  const bounds = flow.getNodesBounds(flow.getNodes());
  const { clientWidth, clientHeight } = frame;
  const whole = Math.min(
    (clientWidth - 2 * margin) / bounds.width,
    (clientHeight - margin - above) / bounds.height,
  );
  const zoom = Math.max(least, Math.min(1, whole));
  const fits = bounds.width * zoom <= clientWidth;
  const start = flow.getNode(START)?.position.x ?? bounds.x;
  const middle = fits ? bounds.x + bounds.width / 2 : start + BLOCK_WIDTH / 2;
  void flow.setViewport({
    zoom,
    x: clientWidth / 2 - middle * zoom,
    y: Math.max(above, (clientHeight - bounds.height * zoom) / 2) - bounds.y * zoom,
  });
}
