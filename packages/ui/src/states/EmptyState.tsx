import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './State.module.css';

interface EmptyStateProps {
  icon: Icon;
  title: ReactNode;
  /** What this place is for and what the first step is. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** What a place says while it holds nothing. */
export function EmptyState({ icon: Glyph, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.root}>
      <span className={classes.icon} aria-hidden>
        <Glyph size={24} stroke={1.5} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      {children ? <div className={classes.text}>{children}</div> : null}
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
