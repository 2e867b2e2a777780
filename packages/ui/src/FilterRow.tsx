import type { ReactNode } from 'react';
import classes from './FilterRow.module.css';

interface FilterRowProps {
  children: ReactNode;
  /** Stands at the far end: counts, view menus. */
  end?: ReactNode;
}

/** The row of search and filters between a list's header and its table. */
export function FilterRow({ children, end }: FilterRowProps) {
  return (
    <div className={classes.row} role="search">
      <div className={classes.filters}>{children}</div>
      {end ? <div className={classes.end}>{end}</div> : null}
    </div>
  );
}
