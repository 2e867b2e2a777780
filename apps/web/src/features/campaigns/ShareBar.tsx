import { useText } from '../../app/text.tsx';
import { letterOf } from './split-shares.ts';
import classes from './Campaigns.module.css';

/** How those who are compared are shared out. */
export function ShareBar({ shares }: { shares: readonly number[] }) {
  const t = useText();
  const sum = shares.reduce((total, share) => total + share, 0);
  return (
    <div>
      <div className={classes.shares} aria-hidden>
        {shares.map((share, i) => (
          <span key={letterOf(i)} style={{ flexGrow: share }}>
            {share >= 6 ? `${letterOf(i)} ${share} %` : ''}
          </span>
        ))}
      </div>
      {sum === 100 ? null : (
        <p className={classes.wrong} role="alert">
          {t('campaigns.split.sum', { sum })}
        </p>
      )}
    </div>
  );
}
