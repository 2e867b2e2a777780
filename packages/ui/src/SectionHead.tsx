import { FormattedNumber } from 'react-intl';
import classes from './SectionHead.module.css';

interface SectionHeadProps {
  title: string;
  /** Number of things in the list below. */
  count?: number | null;
  detail?: string;
}

/** Heading of one of the lists of a page that fills the window. */
export function SectionHead({ title, count, detail }: SectionHeadProps) {
  return (
    <div className={classes.root}>
      <h2 className={classes.title}>
        {title}
        {count === undefined || count === null ? null : (
          <span className={classes.count}>
            <FormattedNumber value={count} />
          </span>
        )}
      </h2>
      {detail ? <p className={classes.detail}>{detail}</p> : null}
    </div>
  );
}
