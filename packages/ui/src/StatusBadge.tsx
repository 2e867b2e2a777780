import type { ReactNode } from 'react';
import classes from './StatusBadge.module.css';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info';

interface StatusBadgeProps {
  tone: Tone;
  children: ReactNode;
  /** `dot` is for tables: a coloured dot and plain text. `soft` is for headers. */
  variant?: 'dot' | 'soft';
  /** Draws the dot as alive, for things that go on right now. */
  live?: boolean;
}

/** A state in words with its colour; the colour never stands alone. */
export function StatusBadge({ tone, children, variant = 'dot', live }: StatusBadgeProps) {
  return (
    <span className={classes.root} data-tone={tone} data-variant={variant}>
      <span className={classes.dot} data-live={live || undefined} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  );
}
