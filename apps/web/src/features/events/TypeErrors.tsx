import { Anchor } from '@mantine/core';
import type { EventTypeErrors } from '@perennial/contracts';
import { Panel, Time } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import { useText, type Say } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import classes from './Events.module.css';

type Reason = EventTypeErrors['reasons'][number];

/** What was wrong with events of a type: refused ones, and those that were stored all the same. */
export function TypeErrors({ errors }: { errors: EventTypeErrors }) {
  const t = useText();
  const to = useTo();
  const { event, refused, stored, reasons } = errors;
  if (refused + stored === 0) return null;
  return (
    <Panel
      title={t('events.errors.title')}
      flush
      actions={
        stored > 0 ? (
          <Anchor
            component={Link}
            size="sm"
            to={to(`events?type=${encodeURIComponent(event)}&with_errors=true`)}
          >
            {t('events.errors.see')}
          </Anchor>
        ) : null
      }
    >
      <p className={classes.note}>{t('events.errors.detail', { refused, stored })}</p>
      <table className={classes.schema}>
        <thead>
          <tr>
            <th scope="col">{t('events.errors.what')}</th>
            <th scope="col">{t('events.errors.door')}</th>
            <th scope="col" className={classes.number}>
              {t('events.type.countColumn')}
            </th>
            <th scope="col" className={classes.number}>
              {t('events.errors.last')}
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((reason) => (
            <tr key={JSON.stringify(reason)}>
              <td>
                <What reason={reason} />
              </td>
              <td>{doorWords(reason, t)}</td>
              <td className={classes.number}>
                <FormattedNumber value={reason.count} />
              </td>
              <td className={classes.number}>
                <Time at={reason.last_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** The parameter, and what is wrong with it. */
function What({ reason: { path, reason, expected, got } }: { reason: Reason }) {
  const t = useText();
  if (path === null) {
    return t(reason === 'reserved' ? 'events.errors.reserved' : 'events.errors.inactive');
  }
  return (
    <>
      <span dir="auto" className={classes.path}>
        {path}
      </span>{' '}
      {reason === 'wrong_type' && expected && got
        ? t('events.errors.wrongType', {
            expected: t(`events.errors.got.${expected}`),
            got: t(`events.errors.got.${got}`),
          })
        : t('events.errors.missing')}
    </>
  );
}

function doorWords({ door, app }: Reason, t: Say): string {
  const words = t(`events.errors.door.${door}`);
  return app === null ? words : `${words} · ${app}`;
}
