import { StatusBadge, Time } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import type { DeliveryDetails } from './delivery.ts';
import { useMachineWords } from './use-machine-words.ts';
import classes from './Outbox.module.css';

/** Opens and clicks, the newest first, with why some do not count. */
export function VisitsView({ visits }: { visits: DeliveryDetails['visits'] }) {
  const t = useText();
  const wordsOf = useMachineWords();
  if (visits.length === 0) return null;
  return (
    <>
      <h3 className={classes.section}>{t('outbox.visits')}</h3>
      <ul className={classes.visits}>
        {visits.map(({ action, at, url, machine }, i) => (
          <li key={i}>
            <span className={classes.visit}>
              <StatusBadge tone={machine ? 'neutral' : 'accent'}>
                {t(`outbox.status.${action}`)}
              </StatusBadge>
              <Time at={at} style="exact" />
            </span>
            {url ? (
              <span className={classes.details} dir="ltr">
                {url}
              </span>
            ) : null}
            {machine ? <span className={classes.details}>{wordsOf(machine)}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
