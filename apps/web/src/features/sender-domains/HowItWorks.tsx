import { useText } from '../../app/text.tsx';
import classes from './HowItWorks.module.css';

/** A message on its way: signed here, asked about in DNS there. */
export function HowItWorks() {
  const t = useText();
  return (
    <svg
      className={classes.picture}
      viewBox="0 0 560 208"
      role="img"
      aria-label={t('domains.picture.title')}
    >
      <g className={classes.box}>
        <rect x="8" y="16" width="168" height="72" rx="10" />
        <text x="92" y="46">
          {t('domains.picture.you')}
        </text>
        <text x="92" y="66" className={classes.faint}>
          {t('domains.picture.signs')}
        </text>
      </g>
      <g className={classes.box}>
        <rect x="384" y="16" width="168" height="72" rx="10" />
        <text x="468" y="46">
          {t('domains.picture.receiver')}
        </text>
        <text x="468" y="66" className={classes.faint}>
          {t('domains.picture.asks')}
        </text>
      </g>
      <path className={classes.way} d="M180 52H376" />
      <path className={classes.head} d="M368 46l8 6-8 6" />
      <g className={classes.letter}>
        <rect x="256" y="36" width="48" height="32" rx="4" />
        <path d="M256 40l24 16 24-16" />
        <circle cx="304" cy="66" r="10" />
        <path className={classes.tick} d="M299.500 66l3 3 6-6" />
      </g>
      <g className={classes.box}>
        <rect x="160" y="136" width="240" height="56" rx="10" className={classes.dns} />
        <text x="280" y="160">
          {t('domains.picture.dns')}
        </text>
        <text x="280" y="179" className={classes.records}>
          SPF · DKIM · DMARC
        </text>
      </g>
      <path className={classes.ask} d="M468 92V164H408" />
      <path className={classes.head} d="M416 158l-8 6 8 6" />
    </svg>
  );
}
