import { useStore, useStoreApi } from '@xyflow/react';
import { useLayoutEffect } from 'react';

/** Below this zoom nothing can be read, so blocks become icons. */
export const READABLE = 0.45;

/** Marks the canvas while it is too far away to be read, so that small print can go. */
export function ZoomMark() {
  const store = useStoreApi();
  const isFar = useStore(({ transform }) => transform[2] < READABLE);
  useLayoutEffect(() => {
    store.getState().domNode?.toggleAttribute('data-zoomed-out', isFar);
  }, [store, isFar]);
  return null;
}
