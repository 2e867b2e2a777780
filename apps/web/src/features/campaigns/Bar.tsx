import { FormattedNumber } from 'react-intl';
import classes from './Campaigns.module.css';

interface BarProps {
  label: string;
  value: number;
  /** What the whole length stands for. */
  of: number;
  tone?: 'neutral' | 'accent' | 'info';
}

/** A number with its share of a whole. */
export function Bar({ label, value, of, tone = 'neutral' }: BarProps) {
  const share = of > 0 ? value / of : 0;
  return (
    <div className={classes.bar}>
      <span>{label}</span>
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
