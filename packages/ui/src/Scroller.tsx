import { useRef, type ReactNode } from 'react';
import { ScrollParent } from './scroll-parent.ts';
import classes from './Scroller.module.css';

/** A part of a filling page that scrolls by itself; virtual lists may stand inside. */
export function Scroller({ children }: { children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <div ref={body} className={classes.root}>
      <ScrollParent value={body}>{children}</ScrollParent>
    </div>
  );
}
