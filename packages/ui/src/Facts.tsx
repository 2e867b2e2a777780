import type { ReactNode } from 'react';
import classes from './Facts.module.css';

interface FactProps {
  label: ReactNode;
  children: ReactNode;
}

/** A list of label and value pairs. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}

/** One pair; an absent value is an en dash, so that rows stay comparable. */
export function Fact({ label, children }: FactProps) {
  const empty = children === null || children === undefined || children === '';
  return (
    <div className={classes.row}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value} data-empty={empty || undefined} dir="auto">
        {empty ? '–' : children}
      </dd>
    </div>
  );
}
