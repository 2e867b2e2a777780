import { ReactFlowProvider } from '@xyflow/react';
import { BuilderBody, type BuilderProps } from './BuilderBody.tsx';

/** Draws a workflow by hand: the palette, the canvas, and all that can be done on it. */
export function Builder(props: BuilderProps) {
  return (
    <ReactFlowProvider>
      <BuilderBody {...props} />
    </ReactFlowProvider>
  );
}
