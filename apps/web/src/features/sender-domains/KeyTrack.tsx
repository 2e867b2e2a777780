import type { SenderDomain } from '@perennial/contracts';
import { Copyable, StatusBadge, Time, type Tone } from '@perennial/ui';
import { IconCheck, IconKey } from '@tabler/icons-react';
import { Rich, useText } from '../../app/text.tsx';
import classes from './Keys.module.css';

type DkimKey = SenderDomain['rotation']['keys'][number];

const STEPS = ['made', 'seen', 'signing', 'retired'] as const;

const tones: Record<DkimKey['state'], Tone> = {
  made: 'warning',
  seen: 'info',
  signing: 'success',
  retired: 'neutral',
};

/** A key on its way through its four states, drawn as stations of a line. */
export function KeyTrack({ dkimKey: key }: { dkimKey: DkimKey }) {
  const t = useText();
  const here = STEPS.indexOf(key.state);
  const since = key.retired_at ?? key.signs_since;
  return (
    <section className={classes.track} data-state={key.state}>
      <header className={classes.head}>
        <IconKey size={16} aria-hidden />
        <Copyable value={key.selector} mono />
        <StatusBadge tone={tones[key.state]} variant="soft">
          {t(`domains.keys.${key.state}`)}
        </StatusBadge>
      </header>
      <ol className={classes.steps}>
        {STEPS.map((step, i) => (
          <li
            key={step}
            className={classes.step}
            data-done={i < here || undefined}
            data-here={i === here || undefined}
            {...(i === here && { 'aria-current': 'step' as const })}
          >
            <span className={classes.dot} aria-hidden>
              {i < here ? <IconCheck size={10} stroke={3} /> : null}
            </span>
            {t(`domains.keys.step.${step}`)}
          </li>
        ))}
      </ol>
      <p className={classes.when}>
        {since === null ? (
          <Rich id="domains.keys.madeAt" values={{ at: <Time key="at" at={key.made_at} /> }} />
        ) : (
          <Rich id="domains.keys.since" values={{ at: <Time key="at" at={since} /> }} />
        )}
      </p>
    </section>
  );
}
