import { Anchor } from '@mantine/core';
import type { Event as ContactEvent } from '@perennial/contracts';
import { Panel, SkeletonLines, Time } from '@perennial/ui';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import classes from './Home.module.css';

const shown = 8;

/** The newest events, as they come in. */
export function JustNow() {
  const t = useText();
  const to = useTo();
  const events = useList<ContactEvent>('/events', { query: { limit: shown }, every: 2_000 });
  return (
    <Panel
      title={t('home.now')}
      actions={
        <Anchor component={Link} to={to('events')} size="sm">
          {t('home.now.more')}
        </Anchor>
      }
    >
      {events.loading ? <SkeletonLines lines={5} /> : null}
      {events.error && !events.first ? (
        <Problem error={events.error} onRetry={events.retry} />
      ) : null}
      {events.first && events.items.length === 0 ? (
        <p className={classes.calm}>{t('home.now.none')}</p>
      ) : null}
      {events.items.slice(0, shown).map((event) => (
        <div key={event.id} className={classes.event}>
          <span className={classes.eventName} dir="auto">
            {event.event}
          </span>
          <ContactLink id={event.contact} />
          <span className={classes.eventTime}>
            <Time at={event.occurred_at} />
          </span>
        </div>
      ))}
    </Panel>
  );
}
