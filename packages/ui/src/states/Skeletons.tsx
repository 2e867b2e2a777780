import { Skeleton } from '@mantine/core';
import { useDelayed } from '../use-delayed.ts';
import classes from './Skeletons.module.css';

/** Lines of text still to come. Nothing for the first 200 ms. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const shown = useDelayed(true);
  return (
    <div className={classes.lines} aria-busy>
      {shown
        ? Array.from({ length: lines }, (_, line) => (
            <Skeleton key={line} height={12} width={`${90 - ((line * 17) % 45)}%`} />
          ))
        : null}
    </div>
  );
}

/** Label and value pairs still to come, in the shape of `Facts`. */
export function SkeletonFacts({ rows = 5 }: { rows?: number }) {
  const shown = useDelayed(true);
  return (
    <div className={classes.facts} aria-busy>
      {shown
        ? Array.from({ length: rows }, (_, row) => (
            <div key={row} className={classes.fact}>
              <Skeleton height={12} width={96} />
              <Skeleton height={12} width={`${70 - ((row * 13) % 40)}%`} />
            </div>
          ))
        : null}
    </div>
  );
}

/** A block of a given height still to come: a chart, a canvas, a preview. */
export function SkeletonBlock({ height }: { height: number | string }) {
  const shown = useDelayed(true);
  return (
    <div style={{ blockSize: height }} aria-busy>
      {shown ? <Skeleton height="100%" /> : null}
    </div>
  );
}
