import type { ReactNode } from 'react';
import classes from './Edit.module.css';

/** Inputs that are one editor: it is left when none of them has the focus any more. */
export function EditorGroup({ onLeave, children }: { onLeave: () => void; children: ReactNode }) {
  return (
    <div
      className={classes.group}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave();
      }}
      onMouseDown={(event) => {
        // A click on a label or between the inputs leaves nothing.
        if (!(event.target as Element).closest('input, textarea')) event.preventDefault();
      }}
    >
      {children}
    </div>
  );
}
