import { StatusBadge, Time } from '@perennial/ui';
import type { TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import type { DeliveryDetails } from './delivery.ts';
import classes from './Outbox.module.css';

const machines: Record<string, TextId> = {
  head: 'outbox.machine.head',
  prefetch: 'outbox.machine.prefetch',
  'mail privacy proxy': 'outbox.machine.privacy',
  declared: 'outbox.machine.declared',
  'data centre': 'outbox.machine.dataCentre',
  'mail scanner': 'outbox.machine.scanner',
  'too fast': 'outbox.machine.tooFast',
  'every link': 'outbox.machine.everyLink',
};

/** Opens and clicks, the newest first, with why some do not count. */
export function VisitsView({ visits }: { visits: DeliveryDetails['visits'] }) {
  const t = useText();
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
            {machine ? <span className={classes.details}>{useless(machine)}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );

  /** What this release does not know is shown as the provider said it. */
  function useless(machine: string): string {
    const text = machines[machine];
    return t('outbox.machine', { reason: text ? t(text) : machine });
  }
}
