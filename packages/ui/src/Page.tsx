import { useRef, type ReactNode } from 'react';
import { ScrollParent } from './scroll-parent.ts';
import classes from './Page.module.css';

interface PageProps {
  header?: ReactNode;
  /** `flow` scrolls as one; `fill` gives its height to the children, which scroll inside. */
  layout?: 'flow' | 'fill';
  /** Keeps lines of reading pages and forms at a comfortable length. */
  width?: 'full' | 'reading' | 'form';
  children: ReactNode;
}

/** A page below the top bar: its header stays, its body scrolls. */
export function Page({ header, layout = 'flow', width = 'full', children }: PageProps) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <div className={classes.page} data-width={width}>
      {header}
      <div ref={body} className={classes.body} data-layout={layout}>
        <ScrollParent value={body}>
          {layout === 'fill' ? children : <div className={classes.column}>{children}</div>}
        </ScrollParent>
      </div>
    </div>
  );
}
