import { useIntl } from 'react-intl';
import type { Tested } from './is-clear.ts';
import { wilsonInterval } from './wilson-interval.ts';
import classes from './Campaigns.module.css';

interface RateProps {
  counts: Tested;
  /** The rate at the end of the line. */
  scale: number;
}

/** The rate at the end of the line, so that intervals beside each other can be compared. */
export function scaleOf(counts: readonly Tested[]): number {
  const known = counts.filter(({ sent }) => sent > 0);
  return Math.max(0.01, ...known.map(({ did, sent }) => wilsonInterval(did, sent).high));
}

/** A rate, and where the true one lies. */
export function RateWithInterval({ counts: { sent, did }, scale }: RateProps) {
  const intl = useIntl();
  if (sent === 0) return <>–</>;
  const { low, high } = wilsonInterval(did, sent);
  const percent = (value: number) =>
    intl.formatNumber(value, { style: 'percent', maximumFractionDigits: 1 });
  const at = (value: number) => `${(value / scale) * 100}%`;
  return (
    <div className={classes.interval}>
      <span>
        {percent(did / sent)}
        <span className={classes.rate}>
          {percent(low)} – {percent(high)}
        </span>
      </span>
      <span className={classes.whisker} aria-hidden>
        <span style={{ insetInlineStart: at(low), inlineSize: at(high - low) }} />
        <i style={{ insetInlineStart: at(did / sent) }} />
      </span>
    </div>
  );
}
