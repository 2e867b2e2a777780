import type { ReactNode } from 'react';
import classes from './StatusLine.module.css';

interface StatusLineProps {
  /** What is saved, and what is not. */
  state: string;
  bad: boolean;
  children?: ReactNode;
}

/** The foot of the editor: how the draft stands. */
export function StatusLine({ state, bad, children }: StatusLineProps) {
  return (
    <footer className={classes.line}>
      <span role="status" className={classes.state} data-bad={bad || undefined}>
        {state}
      </span>
      {children}
    </footer>
  );
}
