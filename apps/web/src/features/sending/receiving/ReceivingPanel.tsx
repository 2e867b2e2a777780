import type { ReceivingLimits } from '@perennial/contracts';
import { Panel, SkeletonLines, Time } from '@perennial/ui';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { LimitsForm } from './LimitsForm.tsx';
import classes from './Receiving.module.css';

const RENEW_MS = 15_000;

/** How fast mail goes to each receiving domain, and which asked for less lately. */
export function ReceivingPanel() {
  const t = useText();
  const read = useRead<ReceivingLimits>('/receiving_limits', { every: RENEW_MS });
  return (
    <Panel title={t('receiving.title')}>
      <p className={classes.lead}>{t('receiving.detail')}</p>
      {read.error && !read.data ? (
        <Problem error={read.error} onRetry={() => void read.refetch()} />
      ) : null}
      {read.isPending ? <SkeletonLines lines={3} /> : null}
      {read.data ? (
        <>
          <LimitsForm key={JSON.stringify(read.data.limits)} limits={read.data.limits} />
          <Slowed slowed={read.data.slowed} />
        </>
      ) : null}
    </Panel>
  );
}

function Slowed({ slowed }: Pick<ReceivingLimits, 'slowed'>) {
  const t = useText();
  if (slowed.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>{t('receiving.slowed')}</h3>
      <ul className={classes.slowed}>
        {slowed.map(({ domain, rate_per_second: rate, answer, at }) => (
          <li key={domain}>
            <span className={classes.strong} dir="auto">
              {t('receiving.slowed.rate', { domain, rate })}
            </span>
            <span className={classes.muted}>
              <Time at={at} />
            </span>
            <span className={classes.answer} dir="auto">
              {answer}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
