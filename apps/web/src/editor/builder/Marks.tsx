import { ViewportPortal } from '@xyflow/react';
import { useText } from '../../app/text.tsx';
import type { NoChain } from '../edit/chain.ts';
import type { WaySpot } from './nearest-way.ts';
import classes from './Builder.module.css';

interface DropMarkProps {
  spot: WaySpot | null;
  /** Why what is dragged cannot be put there. */
  refusal?: NoChain | null | undefined;
}

/** Shows where what is dragged would be put. */
export function DropMark({ spot, refusal = null }: DropMarkProps) {
  const t = useText();
  if (!spot) return null;
  const { x, y } = spot.at;
  return (
    <ViewportPortal>
      <div
        className={classes.dropMark}
        data-refused={refusal ? true : undefined}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y + 10}px)` }}
      >
        {t(refusal ? `builder.chain.${refusal.problem}` : 'builder.drop')}
      </div>
    </ViewportPortal>
  );
}

/** Lines through the blocks with which a dragged one is level. */
export function SnapLines({ x, y }: { x: number | null; y: number | null }) {
  if (x === null && y === null) return null;
  return (
    <ViewportPortal>
      {x === null ? null : <div className={classes.snapX} style={{ left: x }} />}
      {y === null ? null : <div className={classes.snapY} style={{ top: y }} />}
    </ViewportPortal>
  );
}
