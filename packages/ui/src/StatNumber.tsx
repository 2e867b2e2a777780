import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import classes from './StatNumber.module.css';

interface StatNumberProps {
  label: ReactNode;
  /** undefined while loading, null when the server does not say. */
  value: number | null | undefined;
  hint?: ReactNode;
  /** Stands on the line of the number. */
  after?: ReactNode;
  children?: ReactNode;
  size?: 'small' | 'medium' | 'large';
}

/** A number that matters, with what it counts. */
export function StatNumber({
  label,
  value,
  hint,
  after,
  children,
  size = 'large',
}: StatNumberProps) {
  return (
    <div className={classes.root} data-size={size}>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>
        {value === undefined ? <Skeleton width={72} height={24} /> : null}
        {value === null ? '–' : null}
        {typeof value === 'number' ? <FormattedNumber value={value} /> : null}
        {after ? <span className={classes.after}>{after}</span> : null}
      </div>
      {hint ? <div className={classes.hint}>{hint}</div> : null}
      {children}
    </div>
  );
}
