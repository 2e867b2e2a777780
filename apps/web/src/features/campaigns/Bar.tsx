import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import classes from './Campaigns.module.css';

interface BarProps {
  label: string;
  value: number;
  /** What the whole length stands for. */
  of: number;
  tone?: 'neutral' | 'accent' | 'info';
  /** The page of those whom it counts. */
  to?: string;
}

/** A number with its share of a whole. */
export function Bar({ label, value, of, tone = 'neutral', to }: BarProps) {
  const share = of > 0 ? value / of : 0;
  return (
    <div className={classes.bar}>
      {to === undefined ? <span>{label}</span> : <Link to={to}>{label}</Link>}
      <span className={classes.figure}>
        <FormattedNumber value={value} />{' '}
        <span className={classes.rate}>
          <FormattedNumber value={share} style="percent" maximumFractionDigits={1} />
        </span>
      </span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          data-tone={tone}
          style={{ inlineSize: `${Math.min(100, share * 100)}%` }}
        />
      </span>
    </div>
  );
}
