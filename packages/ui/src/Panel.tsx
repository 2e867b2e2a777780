import type { ReactNode } from 'react';
import classes from './Panel.module.css';

interface PanelProps {
  title?: ReactNode;
  actions?: ReactNode;
  /** Lets tables and lists reach the panel's edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A bordered surface with an optional title. */
export function Panel({ title, actions, flush, children }: PanelProps) {
  return (
    <section className={classes.root}>
      {title || actions ? (
        <header className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {actions}
        </header>
      ) : null}
      <div className={classes.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
